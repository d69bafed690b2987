locals {
  api = { ApiName = var.api.name, Stage = var.api.stage }
}

# A percentage, and no alarm over a single failure at night: under ten requests in five minutes nothing is said.
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "${var.name}-api-errors"
  alarm_description   = "More than ${var.api.errors_percent} % of requests fail: look at the API's log."
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.api.errors_percent
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  metric_query {
    id          = "rate"
    label       = "Failed requests in percent"
    expression  = "IF(asked >= 10, 100 * FILL(failed, 0) / asked, 0)"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { asked = "Count", failed = "5XXError" }

    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = "AWS/ApiGateway"
        metric_name = metric_query.value
        dimensions  = local.api
        period      = 300
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  alarm_name          = "${var.name}-api-latency"
  alarm_description   = "One request in twenty takes longer than ${var.api.p95_ms} ms."
  namespace           = "AWS/ApiGateway"
  metric_name         = "Latency"
  dimensions          = local.api
  extended_statistic  = "p95"
  period              = 300
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.api.p95_ms
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  # An event stream lasts for minutes, and is no slow answer; a few of them must not look like it.
  evaluate_low_sample_count_percentiles = "ignore"
}
