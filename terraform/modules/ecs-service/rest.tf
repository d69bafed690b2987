# Target tracking divides by the tasks there are: from none to the first, and back to none, it takes steps.
locals {
  steps = local.has_queue && local.rests ? {
    wake = { adjustment = "ChangeInCapacity", by = 1, cooldown = 180, metric = local.wanted, minutes = 1 }
    rest = { adjustment = "ExactCapacity", by = 0, cooldown = 300, metric = local.idle, minutes = 10 }
  } : {}
}

resource "aws_appautoscaling_policy" "step" {
  for_each = local.steps

  name               = "${var.name}-${each.key}"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  step_scaling_policy_configuration {
    adjustment_type         = each.value.adjustment
    cooldown                = each.value.cooldown
    metric_aggregation_type = "Maximum"

    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = each.value.by
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "step" {
  for_each = local.steps

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.key == "wake" ? "Jobs wait and there is no task." : "There have been no jobs for ten minutes."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = each.value.minutes
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_appautoscaling_policy.step[each.key].arn]

  dynamic "metric_query" {
    for_each = each.value.metric.queries

    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.metric
        stat        = metric_query.value.stat
        period      = 60
        dimensions  = metric_query.value.dimensions
      }
    }
  }

  metric_query {
    id          = each.key
    expression  = each.value.metric.expression
    return_data = true
  }
}
