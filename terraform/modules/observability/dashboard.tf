locals {
  sqs = { for title, metric in {
    "Waiting jobs"             = "ApproximateNumberOfMessagesVisible"
    "Jobs in flight"           = "ApproximateNumberOfMessagesNotVisible"
    "Age of the oldest job, s" = "ApproximateAgeOfOldestMessage"
  } : title => [for queue in var.queues : ["AWS/SQS", metric, "QueueName", queue.name, { stat = "Maximum" }]] }

  widgets = merge(local.sqs, {
    "Dead letters" = [for queue in var.queues : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue.dead_letters, { stat = "Maximum" }]]
    "Requests and failures" = [for metric in ["Count", "4XXError", "5XXError"] :
      ["AWS/ApiGateway", metric, "ApiName", var.api.name, "Stage", var.api.stage, { stat = "Sum" }]
    ]
    "Latency, ms" = [for stat in ["p50", "p95", "p99"] :
      ["AWS/ApiGateway", "Latency", "ApiName", var.api.name, "Stage", var.api.stage, { stat = stat }]
    ]
  })
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = concat(
      [for index, title in keys(local.widgets) : {
        type   = "metric"
        x      = (index % 3) * 8
        y      = floor(index / 3) * 6
        width  = 8
        height = 6
        properties = {
          title   = title
          region  = var.region
          period  = 60
          metrics = local.widgets[title]
        }
      }],
      [{
        type   = "metric"
        x      = 0
        y      = 12
        width  = 24
        height = 6
        properties = {
          title   = "Data quality"
          region  = var.region
          period  = 3600
          metrics = [[{ expression = "SEARCH('Namespace=\"${var.namespace}\"', 'Maximum')", id = "quality" }]]
        }
      }],
    )
  })
}
