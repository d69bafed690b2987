# What each service may do, statement by statement. A test holds it against the calls in common/adapters/aws.
locals {
  queues = module.queues.queues
  tables = module.tables.arns

  reading = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"]
  writing = ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]

  # An inference profile is allowed by its own ARN and by those of the model in all of its regions.
  short_ids = { embed = basename(var.embedding.model), answer = basename(var.answer_model) }
  models = { for use, id in { embed = var.embedding.model, answer = var.answer_model } : use => (
    can(regex("^(us|eu|apac|jp|au|ca|us-gov|global)\\.", local.short_ids[use])) ? [
      startswith(id, "arn:") ? id : "arn:aws:bedrock:${var.region}:${local.account}:inference-profile/${id}",
      "arn:aws:bedrock:*::foundation-model/${replace(local.short_ids[use], "/^[a-z-]+\\./", "")}",
    ] : [startswith(id, "arn:") ? id : "arn:aws:bedrock:${var.region}::foundation-model/${id}"]
  ) }

  # By what it is good for.
  may = {
    find_queues = [{
      sid       = "FindQueues"
      actions   = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"]
      resources = flatten([for queue in local.queues : [queue.arn, queue.dead_letters.arn]])
    }]
    tell_ages = [{
      # It knows no resource.
      sid       = "TellAges"
      actions   = ["cloudwatch:GetMetricData"]
      resources = ["*"]
    }]
    keep_work = [
      {
        sid       = "KeepDocuments"
        actions   = concat(local.reading, local.writing)
        resources = [local.tables["documents"], "${local.tables["documents"]}/index/*"]
      },
      {
        # Many pointers to vectors at once.
        sid       = "KeepState"
        actions   = concat(local.reading, local.writing, ["dynamodb:BatchWriteItem"])
        resources = [local.tables["state"], "${local.tables["state"]}/index/*"]
      },
    ]
    keep_users = [{
      sid       = "KeepUsers"
      actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
      resources = [local.tables["users"]]
    }]
    know_users = [{
      sid       = "KnowUsers"
      actions   = ["dynamodb:GetItem"]
      resources = [local.tables["users"]]
    }]
    end_users = [{
      # An account that is deleted.
      sid       = "EndUsers"
      actions   = ["dynamodb:DeleteItem", "dynamodb:UpdateItem"]
      resources = [local.tables["users"]]
    }]
    count_users = [{
      sid       = "CountUsers"
      actions   = ["dynamodb:Scan"]
      resources = [local.tables["users"]]
    }]
    reserve_quota = [{
      sid       = "ReserveQuota"
      actions   = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
      resources = [local.tables["quota"]]
    }]
    embed = [{
      sid       = "Embed"
      actions   = ["bedrock:InvokeModel"]
      resources = local.models.embed
    }]
    answer = [{
      sid       = "Answer"
      actions   = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]
      resources = local.models.answer
    }]
    search = [{
      sid       = "Search"
      actions   = module.search.access.actions
      resources = [module.search.access.resource]
    }]
    # A collection knows by its own policy who may remove an index.
    rebuild_search = length(module.search.access.rebuilding) == 0 ? [] : [{
      sid       = "RebuildSearch"
      actions   = module.search.access.rebuilding
      resources = [module.search.access.resource]
    }]
    know_quality = [{
      # What the command data-quality has found, for /metrics.
      sid       = "KnowQuality"
      actions   = ["s3:GetObject"]
      resources = ["${module.storage.arn}/maintenance/data-quality.json"]
    }]
    say_quality = [{
      # It knows no resource, but the namespace.
      sid        = "SayQuality"
      actions    = ["cloudwatch:PutMetricData"]
      resources  = ["*"]
      conditions = { StringEquals = { "cloudwatch:namespace" = [local.environment.METRICS_NAMESPACE] } }
    }]
  }

  # Who erases needs each version, and uploads that were never finished.
  files_of = { for service, folders in {
    api         = ["documents"]
    work        = ["documents", "processed"]
    maintenance = ["documents", "processed", "maintenance"]
    } : service => concat(
    [
      {
        sid = "KeepFiles"
        actions = [
          "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject",
          "s3:ListMultipartUploadParts", "s3:PutObject", "s3:RestoreObject",
        ]
        resources = [for folder in folders : "${module.storage.arn}/${folder}/*"]
      },
      {
        # Without ListBucket, S3 answers 403 where nothing is.
        sid       = "ListFiles"
        actions   = ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
        resources = [module.storage.arn]
      },
    ],
    var.storage.kms_key_arn == null ? [] : [{
      sid       = "UseTheKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.storage.kms_key_arn]
    }],
  ) }

  consume = { for stage, sends in { extract = ["extract", "embed", "index"], embed = ["embed", "index"], index = ["index"] } : stage => [
    {
      sid       = "Consume"
      actions   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"]
      resources = [local.queues[stage].arn]
    },
    {
      sid       = "SendAndBury"
      actions   = ["sqs:SendMessage"]
      resources = concat([for next in sends : local.queues[next].arn], [local.queues[stage].dead_letters.arn])
    },
  ] }
}
