resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  count = local.has_queue ? 1 : 0

  alarm_name          = "${var.name}-dead-letters"
  alarm_description   = "Jobs were buried. GET /v1/operations/dead-letters/{stage} says why; redrive them when it is mended."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = var.queue.dead_letters }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "oldest" {
  count = local.has_queue ? 1 : 0

  alarm_name          = "${var.name}-oldest-message"
  alarm_description   = "Jobs wait for longer than ${var.queue.oldest_seconds} s: look at the workers' log, or raise their number."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = var.queue.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.queue.oldest_seconds
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}
