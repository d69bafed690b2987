provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
provider "aws" {
  alias                       = "replica"
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  bucket     = "assistant-test-documents"
  account    = "111122223333"
  extensions = ["pdf", "txt"]
  events = {
    arn = "arn:aws:sqs:eu-central-1:111122223333:assistant-test-extract"
    url = "https://sqs.eu-central-1.amazonaws.com/111122223333/assistant-test-extract"
  }
}

run "the_bucket_is_private_versioned_and_encrypted" {
  command = plan

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "Versioning is enabled."
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "All public access is blocked."
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "Objects are encrypted with S3's keys."
  }
}

run "only_tls_is_spoken" {
  command = plan

  assert {
    condition = anytrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Effect == "Deny" && statement.Condition.Bool["aws:SecureTransport"] == "false"
      && contains(statement.Resource, "arn:aws:s3:::assistant-test-documents/*")
    ])
    error_message = "Plain HTTP is refused for the bucket and its objects."
  }
}

run "originals_alone_are_announced" {
  command = plan

  assert {
    condition     = toset([for rule in aws_s3_bucket_notification.this.queue : rule.filter_suffix]) == toset(["original.pdf", "original.txt"])
    error_message = "One rule for each extension, with the suffix original.<extension>."
  }
  assert {
    condition = alltrue([for rule in aws_s3_bucket_notification.this.queue :
      rule.filter_prefix == "documents/" && rule.queue_arn == var.events.arn && toset(rule.events) == toset(["s3:ObjectCreated:*"])
    ])
    error_message = "Each rule tells the extract queue of what is created under documents/."
  }
}

run "the_queue_believes_this_bucket_alone" {
  command = plan

  assert {
    condition = one([for statement in jsondecode(aws_sqs_queue_policy.events.policy).Statement : jsonencode(statement.Condition) if statement.Effect == "Allow"]) == jsonencode({
      ArnEquals    = { "aws:SourceArn" = "arn:aws:s3:::assistant-test-documents" }
      StringEquals = { "aws:SourceAccount" = "111122223333" }
    })
    error_message = "S3 may send for this bucket of this account, and for no other."
  }
}

run "the_lifecycle_is_the_specifications" {
  command = plan

  assert {
    condition = toset([for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.id]) == toset([
      "DeleteIncompleteMultipartUploads", "TransitionToIA", "TransitionToGlacier", "DeleteTempUploads", "ExpireNoncurrentVersions",
    ])
    error_message = "The four rules of the specification and one for old versions."
  }
  assert {
    condition     = one([for rule in aws_s3_bucket_lifecycle_configuration.this.rule : one(rule.transition) if rule.id == "TransitionToGlacier"]).storage_class == "GLACIER_IR"
    error_message = "Originals stay readable at once after 90 days."
  }
  assert {
    condition     = one([for rule in aws_s3_bucket_lifecycle_configuration.this.rule : one(rule.filter).prefix if rule.id == "DeleteTempUploads"]) == "temp-uploads/"
    error_message = "Only temporary uploads go after a day."
  }
  assert {
    condition     = one([for rule in aws_s3_bucket_lifecycle_configuration.this.rule : one(rule.noncurrent_version_expiration) if rule.id == "ExpireNoncurrentVersions"]).noncurrent_days == 30
    error_message = "Old versions go after 30 days."
  }
}

run "intelligent_tiering_takes_the_place_of_both_transitions" {
  command = plan

  variables {
    archive = { intelligent = true }
  }

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.this.rule : one(rule.transition).storage_class if length(rule.transition) > 0] == ["INTELLIGENT_TIERING"]
    error_message = "One transition, to intelligent tiering."
  }
}

run "without_a_replica_there_is_no_role" {
  command = plan

  assert {
    condition     = length(aws_iam_role.replication) == 0 && output.replica == null
    error_message = "Nothing of the replica is made."
  }
}

run "the_replica_gets_documents_and_its_role_no_more_than_that" {
  command = plan

  variables {
    replica = true
  }

  assert {
    condition     = one(one(aws_s3_bucket_replication_configuration.this[0].rule).filter).prefix == "documents/"
    error_message = "documents/ is replicated."
  }
  assert {
    condition = alltrue(flatten([for statement in jsondecode(aws_iam_role_policy.replication[0].policy).Statement :
      [for action in flatten([statement.Action]) : !strcontains(action, "*")]
    ]))
    error_message = "The role names each action."
  }
  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.replication[0].policy).Statement : statement.Resource if statement.Sid == "WriteCopies"]) == "arn:aws:s3:::assistant-test-documents-replica/documents/*"
    error_message = "The role writes into the replica alone."
  }
}

run "refuses_a_name_with_dots" {
  command = plan

  variables {
    bucket = "documents.example.org"
  }

  expect_failures = [var.bucket]
}

run "refuses_more_rules_than_s3_takes" {
  command = plan

  variables {
    extensions = [for number in range(91) : "x${number}"]
  }

  expect_failures = [var.extensions]
}

run "refuses_a_class_that_is_no_archive" {
  command = plan

  variables {
    archive = { class = "STANDARD" }
  }

  expect_failures = [var.archive]
}
