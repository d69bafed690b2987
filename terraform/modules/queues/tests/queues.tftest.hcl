provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  prefix = "assistant-test-"
  place  = { region = "eu-central-1", account = "111122223333" }
  stages = {
    extract = { queue = "extract", attempts = 5, visibilitySeconds = 120 }
    embed   = { queue = "embed", attempts = 8, visibilitySeconds = 60 }
  }
}

run "each_stage_has_a_queue_and_its_dead_letters" {
  command = plan

  assert {
    condition     = toset([for queue in aws_sqs_queue.this : queue.name]) == toset(["assistant-test-extract", "assistant-test-embed"])
    error_message = "Queues are called by the prefix and their name in pipeline.json."
  }
  assert {
    condition     = alltrue([for stage, queue in aws_sqs_queue.dead_letters : queue.name == "${aws_sqs_queue.this[stage].name}-dlq"])
    error_message = "A dead-letter queue is called by its queue, and -dlq."
  }
}

run "messages_are_encrypted_and_kept_two_weeks" {
  command = plan

  assert {
    condition = alltrue([for queue in concat(values(aws_sqs_queue.this), values(aws_sqs_queue.dead_letters)) :
      queue.sqs_managed_sse_enabled && queue.message_retention_seconds == 1209600
    ])
    error_message = "All six are encrypted, and keep messages for 14 days."
  }
}

run "the_worker_buries_before_sqs_does" {
  command = plan

  override_resource {
    target          = aws_sqs_queue.dead_letters
    override_during = plan
    values          = { arn = "arn:aws:sqs:eu-central-1:111122223333:dead" }
  }

  assert {
    condition     = alltrue([for stage, queue in aws_sqs_queue.this : jsondecode(queue.redrive_policy).maxReceiveCount == var.stages[stage].attempts + 3])
    error_message = "SQS allows three receives more than the stage's attempts."
  }
  assert {
    condition     = alltrue([for queue in aws_sqs_queue.this : jsondecode(queue.redrive_policy).deadLetterTargetArn == "arn:aws:sqs:eu-central-1:111122223333:dead"])
    error_message = "What SQS buries goes to the dead-letter queue."
  }
}

run "a_dead_letter_queue_serves_its_own_queue" {
  command = plan

  override_resource {
    target          = aws_sqs_queue.dead_letters
    override_during = plan
    values          = { arn = "arn:aws:sqs:eu-central-1:111122223333:dead" }
  }

  assert {
    condition     = alltrue([for stage, policy in aws_sqs_queue_redrive_allow_policy.this : jsondecode(policy.redrive_allow_policy).sourceQueueArns == [output.queues[stage].arn]])
    error_message = "No other queue may send its dead there."
  }
}

run "refuses_a_lease_that_is_shorter_than_a_worker_may_take_to_stop" {
  command = plan

  variables {
    stages = { extract = { queue = "extract", attempts = 5, visibilitySeconds = 29 } }
  }

  expect_failures = [var.stages]
}

run "refuses_a_stage_without_an_attempt" {
  command = plan

  variables {
    stages = { extract = { queue = "extract", attempts = 0, visibilitySeconds = 60 } }
  }

  expect_failures = [var.stages]
}
