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
  region                      = "us-west-2"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

override_data {
  target = data.aws_caller_identity.this
  values = { account_id = "111122223333" }
}

override_data {
  target = data.aws_availability_zones.this
  values = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
}

override_resource {
  target          = module.auth.aws_cognito_user_pool.this
  override_during = plan
  values          = { arn = "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_1" }
}

variables {
  environment = "test"
  region      = "eu-central-1"
  image       = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/ai-assistant:1"
}

run "everything_is_called_by_name_and_environment" {
  command = plan

  assert {
    condition     = output.environment.USERS_TABLE == "ai-assistant-test-users" && output.environment.QUEUE_PREFIX == "ai-assistant-test-"
    error_message = "Tables and queues begin with ai-assistant-test-."
  }
  assert {
    condition     = output.environment.DOCUMENTS_TABLE == module.tables.names["documents"] && output.environment.STATE_TABLE == module.tables.names["state"]
    error_message = "The program is told the names that the tables have."
  }
  assert {
    condition     = alltrue([for stage, queue in module.queues.queues : queue.name == "${output.environment.QUEUE_PREFIX}${local.pipeline[stage].queue}"])
    error_message = "The program finds its queues by the prefix."
  }
}

run "a_worker_drains_its_own_queue_alone" {
  command = plan

  assert {
    condition     = alltrue([for stage in keys(local.pipeline) : module.worker[stage].queue == module.queues.queues[stage].name])
    error_message = "A worker is scaled by its own stage's queue."
  }
  assert {
    condition = alltrue([for stage in keys(local.pipeline) :
      [for permission in local.permissions[stage] : permission.resources if contains(permission.actions, "sqs:ReceiveMessage")] == [[module.queues.queues[stage].arn]]
    ])
    error_message = "A worker receives from its own stage's queue and no other."
  }
}

run "the_search_knows_the_roles_that_there_are" {
  command = plan

  assert {
    condition     = toset(local.services) == toset(keys(local.permissions))
    error_message = "Each service has its permissions, and is let in by the search."
  }
}

run "no_action_and_no_resource_is_everything" {
  command = plan

  assert {
    condition     = alltrue(flatten([for permissions in local.permissions : [for permission in permissions : [for action in permission.actions : !strcontains(action, "*")]]]))
    error_message = "Each action is named."
  }
  assert {
    condition = toset(flatten([for permissions in local.permissions : [for permission in permissions : permission.actions if contains(permission.resources, "*")]])) == toset([
      "cloudwatch:GetMetricData", "cloudwatch:PutMetricData",
    ])
    error_message = "Only two actions, which know no resource, are for every one."
  }
}

run "only_the_api_answers_and_only_it_and_embed_embed" {
  command = plan

  assert {
    condition     = [for service, permissions in local.permissions : service if anytrue([for permission in permissions : contains(permission.actions, "bedrock:InvokeModelWithResponseStream")])] == ["api"]
    error_message = "Only the API writes answers."
  }
  assert {
    condition     = [for service, permissions in local.permissions : service if anytrue([for permission in permissions : contains(permission.actions, "bedrock:InvokeModel")])] == ["api", "embed"]
    error_message = "Only the API and the embed workers call a model."
  }
}

run "an_inference_profile_brings_its_models" {
  command = plan

  variables {
    embedding = { model = "eu.cohere.embed-v4:0" }
  }

  assert {
    condition = toset(local.models.embed) == toset([
      "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.cohere.embed-v4:0",
      "arn:aws:bedrock:*::foundation-model/cohere.embed-v4:0",
    ])
    error_message = "The profile's ARN, and the model's in its regions."
  }
}

run "so_does_a_profile_that_is_named_by_its_arn" {
  command = plan

  variables {
    answer_model = "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.amazon.nova-lite-v1:0"
  }

  assert {
    condition     = toset(local.models.answer) == toset([var.answer_model, "arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0"])
    error_message = "The profile's ARN, and the model's in its regions."
  }
}

run "dev_is_cheap_when_idle" {
  command = plan

  variables {
    network   = { egress = "public" }
    protected = false
  }

  assert {
    condition     = module.network.tasks.public_address
    error_message = "No NAT: tasks have public addresses."
  }
  assert {
    condition     = alltrue([for stage, workers in var.workers : workers.min == 0])
    error_message = "No worker while there is no job."
  }
}

run "the_callback_leads_to_the_api" {
  command = plan

  override_module {
    target = module.api_gateway
    outputs = {
      url                    = "https://api.example.org"
      target_group_arn       = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/assistant/1"
      task_security_group_id = "sg-1"
      api                    = { name = "ai-assistant-test", stage = "v1" }
      alias                  = null
    }
  }

  assert {
    condition     = output.environment.PUBLIC_URL == "https://api.example.org"
    error_message = "The program is told where browsers reach it."
  }
}

run "refuses_a_dimension_that_the_model_does_not_have" {
  command = plan

  variables {
    embedding = { model = "amazon.titan-embed-text-v2:0", dimension = 1536 }
  }

  expect_failures = [var.embedding]
}

run "refuses_a_model_that_the_program_does_not_know" {
  command = plan

  variables {
    embedding = { model = "some.model-v1" }
  }

  expect_failures = [var.embedding]
}

run "the_quota_is_divided_by_all_tasks_that_there_may_be" {
  command = plan

  variables {
    api     = { tasks = { min = 1, max = 3 } }
    workers = { extract = { max = 5 }, embed = { max = 7 }, index = { max = 11 } }
  }

  assert {
    condition     = output.environment.WORKER_TASKS_MAX == "26" && output.environment.EMBED_TOKENS_PER_MINUTE == "300000"
    error_message = "The program is told the quota, and how many share it at most."
  }
}

run "refuses_a_quota_of_zero" {
  command = plan

  variables {
    embedding = { tokens_per_minute = 0 }
  }

  expect_failures = [var.embedding]
}

run "refuses_a_quota_of_no_requests" {
  command = plan

  variables {
    embedding = { requests_per_minute = 0 }
  }

  expect_failures = [var.embedding]
}

run "refuses_an_image_without_a_tag" {
  command = plan

  variables {
    image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/ai-assistant"
  }

  expect_failures = [var.image]
}

run "refuses_workers_for_a_stage_that_there_is_not" {
  command = plan

  variables {
    workers = { extract = {}, embed = {}, index = {}, translate = {} }
  }

  expect_failures = [var.workers]
}

run "refuses_a_replica_beside_the_bucket" {
  command = plan

  variables {
    storage = { replica = true, replica_region = "eu-central-1" }
  }

  expect_failures = [var.storage]
}

run "refuses_a_schedule_of_a_command_that_there_is_not" {
  command = plan

  variables {
    schedules = { sweep = "rate(1 hour)", clean = "rate(1 day)" }
  }

  expect_failures = [var.schedules]
}

run "refuses_a_collector_that_cannot_be_pulled" {
  command = plan

  variables {
    network    = { egress = "endpoints" }
    monitoring = { prometheus = true }
  }

  expect_failures = [var.monitoring]
}

run "refuses_a_level_that_the_program_does_not_log_at" {
  command = plan

  variables {
    monitoring = { log_level = "verbose" }
  }

  expect_failures = [var.monitoring]
}
