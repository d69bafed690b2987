provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  name           = "assistant-test-embed"
  place          = { region = "eu-central-1", account = "111122223333" }
  cluster        = "assistant-test"
  repository_arn = "arn:aws:ecr:eu-central-1:111122223333:repository/assistant"
  container = {
    image       = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/assistant:1"
    command     = ["node", "workers/main.ts", "embed"]
    environment = { ASSISTANT_HOME = "aws" }
    cpu         = 256
    memory_mb   = 512
    log_group   = "/assistant-test/embed"
  }
  permissions = [{ sid = "Read", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::documents/*"] }]
  network = {
    subnet_ids         = ["subnet-a", "subnet-b"]
    security_group_ids = ["sg-tasks"]
    public_address     = false
  }
  tasks = { min = 0, max = 16, spot = true }
  queue = {
    name             = "assistant-test-embed"
    dead_letters     = "assistant-test-embed-dlq"
    backlog_per_task = 200
  }
  alarm_topic_arn = "arn:aws:sns:eu-central-1:111122223333:assistant-test-alarms"
}

run "a_worker_is_spot_and_begins_at_rest" {
  command = plan

  assert {
    condition     = one(aws_ecs_service.this.capacity_provider_strategy).capacity_provider == "FARGATE_SPOT"
    error_message = "A worker may be Spot."
  }
  assert {
    condition     = aws_appautoscaling_target.this.min_capacity == 0 && aws_appautoscaling_target.this.max_capacity == 16
    error_message = "From none to sixteen tasks."
  }
}

run "tasks_follow_the_backlog_of_their_own_queue" {
  command = plan

  assert {
    condition = toset(flatten([for query in aws_appautoscaling_policy.backlog[0].target_tracking_scaling_policy_configuration[0].customized_metric_specification[0].metrics :
      [for stat in query.metric_stat : [for dimension in stat.metric[0].dimensions : dimension.value if dimension.name == "QueueName"]]
    ])) == toset(["assistant-test-embed"])
    error_message = "The metrics are those of the service's own queue."
  }
  assert {
    condition     = aws_appautoscaling_policy.backlog[0].target_tracking_scaling_policy_configuration[0].target_value == 200
    error_message = "Each task is wanted for so many messages."
  }
  assert {
    condition = one([for query in aws_appautoscaling_policy.backlog[0].target_tracking_scaling_policy_configuration[0].customized_metric_specification[0].metrics :
      query.expression if query.return_data
    ]) == "(FILL(visible, 0) + FILL(flight, 0)) / IF(FILL(tasks, 0) > 0, FILL(tasks, 0), 1)"
    error_message = "Silence counts as zero, and nothing is divided by it."
  }
}

run "the_first_message_wakes_one_task" {
  command = plan

  assert {
    condition     = aws_appautoscaling_policy.step["wake"].step_scaling_policy_configuration[0].adjustment_type == "ChangeInCapacity" && one(aws_appautoscaling_policy.step["wake"].step_scaling_policy_configuration[0].step_adjustment).scaling_adjustment == 1
    error_message = "One more than none; never fewer than there are."
  }
  assert {
    condition     = one([for query in aws_cloudwatch_metric_alarm.step["wake"].metric_query : query.expression if query.return_data]) == "IF(FILL(visible, 0) > 0 AND FILL(tasks, 0) < 1, 1, 0)"
    error_message = "When something waits and nobody is there."
  }
}

run "nothing_to_do_ends_all_tasks" {
  command = plan

  assert {
    condition     = aws_appautoscaling_policy.step["rest"].step_scaling_policy_configuration[0].adjustment_type == "ExactCapacity" && one(aws_appautoscaling_policy.step["rest"].step_scaling_policy_configuration[0].step_adjustment).scaling_adjustment == 0
    error_message = "Back to none."
  }
  assert {
    condition     = toset([for query in aws_cloudwatch_metric_alarm.step["rest"].metric_query : query.metric[0].metric_name if length(query.metric) > 0]) == toset(["ApproximateNumberOfMessagesVisible", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"])
    error_message = "Only when nothing is visible, in flight or delayed."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.step["rest"].evaluation_periods == 10
    error_message = "And that for ten minutes."
  }
}

run "the_alarm_fires_on_one_dead_letter" {
  command = plan

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters[0].dimensions == tomap({ QueueName = "assistant-test-embed-dlq" })
    error_message = "It watches the dead-letter queue."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters[0].threshold == 0 && aws_cloudwatch_metric_alarm.dead_letters[0].comparison_operator == "GreaterThanThreshold"
    error_message = "One is too many."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters[0].alarm_actions == toset([var.alarm_topic_arn]) && aws_cloudwatch_metric_alarm.oldest[0].alarm_actions == toset([var.alarm_topic_arn])
    error_message = "Alarms are sent to the topic."
  }
}

run "the_api_is_on_demand_and_scales_with_cpu" {
  command = plan

  variables {
    name             = "assistant-test-api"
    queue            = null
    tasks            = { min = 1, max = 4 }
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/assistant/1"
  }

  assert {
    condition     = one(aws_ecs_service.this.capacity_provider_strategy).capacity_provider == "FARGATE"
    error_message = "The API is not taken away."
  }
  assert {
    condition     = aws_ecs_service.this.deployment_minimum_healthy_percent == 100
    error_message = "A deployment leaves callers no gap."
  }
  assert {
    condition     = length(aws_appautoscaling_policy.cpu) == 1 && length(aws_appautoscaling_policy.backlog) == 0 && length(aws_cloudwatch_metric_alarm.step) == 0 && length(aws_cloudwatch_metric_alarm.dead_letters) == 0
    error_message = "CPU tells; there is no queue."
  }
  assert {
    condition     = one(aws_ecs_service.this.load_balancer).container_port == 3000
    error_message = "The load balancer reaches the program's port."
  }
}

run "refuses_an_api_that_rests" {
  command = plan

  variables {
    queue            = null
    tasks            = { min = 0, max = 4 }
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/assistant/1"
  }

  expect_failures = [aws_ecs_service.this]
}

run "refuses_no_tasks_at_all" {
  command = plan

  variables {
    tasks = { min = 0, max = 0 }
  }

  expect_failures = [var.tasks]
}

run "refuses_a_backlog_of_nothing" {
  command = plan

  variables {
    queue = { name = "q", dead_letters = "q-dlq", backlog_per_task = 0 }
  }

  expect_failures = [var.queue]
}
