provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  name      = "assistant-test"
  region    = "eu-central-1"
  services  = ["api", "embed"]
  api       = { name = "assistant-test", stage = "v1" }
  queues    = { embed = { name = "assistant-test-embed", dead_letters = "assistant-test-embed-dlq" } }
  namespace = "AI-Assistant/DataQuality"
}

override_resource {
  target          = aws_sns_topic.alarms
  override_during = plan
  values          = { arn = "arn:aws:sns:eu-central-1:111122223333:assistant-test-alarms" }
}

run "each_service_has_a_log_that_ends" {
  command = plan

  assert {
    condition     = output.log_groups == { api = "/assistant-test/api", embed = "/assistant-test/embed" }
    error_message = "One log group a service."
  }
  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.this : group.retention_in_days == 30])
    error_message = "Logs are kept for 30 days and not for ever."
  }
}

run "alarms_watch_this_api_and_tell_the_topic" {
  command = plan

  assert {
    condition     = aws_cloudwatch_metric_alarm.latency.dimensions == tomap({ ApiName = "assistant-test", Stage = "v1" }) && aws_cloudwatch_metric_alarm.latency.extended_statistic == "p95"
    error_message = "The 95th percentile of this API's latency."
  }
  assert {
    condition = alltrue([for alarm in [aws_cloudwatch_metric_alarm.errors, aws_cloudwatch_metric_alarm.latency] :
      alarm.alarm_actions == toset(["arn:aws:sns:eu-central-1:111122223333:assistant-test-alarms"])
    ])
    error_message = "Both tell the topic."
  }
  assert {
    condition     = one([for query in aws_cloudwatch_metric_alarm.errors.metric_query : query.expression if query.return_data]) == "IF(asked >= 10, 100 * FILL(failed, 0) / asked, 0)"
    error_message = "A rate, and not of too few."
  }
}

run "the_dashboard_shows_queues_and_dead_letters" {
  command = plan

  assert {
    condition     = strcontains(aws_cloudwatch_dashboard.this.dashboard_body, "\"assistant-test-embed-dlq\"") && strcontains(aws_cloudwatch_dashboard.this.dashboard_body, "ApproximateAgeOfOldestMessage")
    error_message = "Depth, age and dead letters of each queue."
  }
  assert {
    condition     = strcontains(aws_cloudwatch_dashboard.this.dashboard_body, "AI-Assistant/DataQuality")
    error_message = "Data quality is on it."
  }
}

run "somebody_is_told" {
  command = plan

  variables {
    alarm_email = "ops@example.org"
  }

  assert {
    condition     = aws_sns_topic_subscription.email[0].endpoint == "ops@example.org"
    error_message = "The address subscribes."
  }
}

run "prometheus_is_a_switch" {
  command = plan

  assert {
    condition     = length(aws_prometheus_workspace.this) == 0 && output.prometheus == null
    error_message = "Off unless asked for."
  }
}

run "refuses_a_retention_that_cloudwatch_has_not" {
  command = plan

  variables {
    log_days = 10
  }

  expect_failures = [var.log_days]
}

run "refuses_what_is_no_address" {
  command = plan

  variables {
    alarm_email = "ops"
  }

  expect_failures = [var.alarm_email]
}
