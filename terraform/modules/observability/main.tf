resource "aws_cloudwatch_log_group" "this" {
  for_each = var.services

  name              = "/${var.name}/${each.key}"
  retention_in_days = var.log_days
}

resource "aws_sns_topic" "alarms" {
  name = "${var.name}-alarms"
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AlarmsTell"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:cloudwatch:${var.region}:*:alarm:${var.name}-*" } }
    }]
  })
}

resource "aws_sns_topic_subscription" "email" {
  count = var.alarm_email == null ? 0 : 1

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_prometheus_workspace" "this" {
  count = var.prometheus ? 1 : 0

  alias = var.name
}
