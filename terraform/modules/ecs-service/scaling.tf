locals {
  # What CloudWatch reports of a queue or a service, as metric queries name it. SQS and ECS say nothing while nothing
  # happens, and an alarm does nothing without data: FILL makes that a zero. Tasks are counted by their CPU samples,
  # of which each gives one a minute.
  sqs = { for id, metric in {
    visible = "ApproximateNumberOfMessagesVisible"
    flight  = "ApproximateNumberOfMessagesNotVisible"
    delayed = "ApproximateNumberOfMessagesDelayed"
    } : id => {
    namespace  = "AWS/SQS"
    metric     = metric
    stat       = "Maximum"
    dimensions = { QueueName = try(var.queue.name, "") }
  } }
  ecs = {
    tasks = {
      namespace  = "AWS/ECS"
      metric     = "CPUUtilization"
      stat       = "SampleCount"
      dimensions = { ClusterName = var.cluster, ServiceName = var.name }
    }
  }

  backlog = {
    queries    = merge({ for id in ["visible", "flight"] : id => local.sqs[id] }, local.ecs)
    expression = "(FILL(visible, 0) + FILL(flight, 0)) / IF(FILL(tasks, 0) > 0, FILL(tasks, 0), 1)"
  }
  wanted = {
    queries    = merge({ visible = local.sqs.visible }, local.ecs)
    expression = "IF(FILL(visible, 0) > 0 AND FILL(tasks, 0) < 1, 1, 0)"
  }
  idle = {
    queries    = local.sqs
    expression = "IF(FILL(visible, 0) + FILL(flight, 0) + FILL(delayed, 0) == 0, 1, 0)"
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.cluster}/${aws_ecs_service.this.name}"
  min_capacity       = var.tasks.min
  max_capacity       = var.tasks.max
}

resource "aws_appautoscaling_policy" "backlog" {
  count = local.has_queue ? 1 : 0

  name               = "${var.name}-backlog"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.queue.backlog_per_task
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    customized_metric_specification {
      dynamic "metrics" {
        for_each = local.backlog.queries

        content {
          id          = metrics.key
          return_data = false

          metric_stat {
            stat = metrics.value.stat

            metric {
              namespace   = metrics.value.namespace
              metric_name = metrics.value.metric

              dynamic "dimensions" {
                for_each = metrics.value.dimensions

                content {
                  name  = dimensions.key
                  value = dimensions.value
                }
              }
            }
          }
        }
      }

      metrics {
        id          = "backlog"
        label       = "Backlog per task"
        expression  = local.backlog.expression
        return_data = true
      }
    }
  }
}

resource "aws_appautoscaling_policy" "cpu" {
  count = local.has_queue ? 0 : 1

  name               = "${var.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
