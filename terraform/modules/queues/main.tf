locals {
  days_14 = 14 * 24 * 3600
  # Over the stage's own attempts: the worker buries a job first, and says why; SQS only what nobody lives to bury.
  receives_spare = 3

  names = { for stage, settings in var.stages : stage => "${var.prefix}${settings.queue}" }
  arns  = { for stage, name in local.names : stage => "arn:aws:sqs:${var.place.region}:${var.place.account}:${name}" }
}

resource "aws_sqs_queue" "this" {
  for_each = var.stages

  name                       = local.names[each.key]
  visibility_timeout_seconds = each.value.visibilitySeconds
  message_retention_seconds  = local.days_14
  receive_wait_time_seconds  = 20
  sqs_managed_sse_enabled    = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters[each.key].arn
    maxReceiveCount     = each.value.attempts + local.receives_spare
  })
}

resource "aws_sqs_queue" "dead_letters" {
  for_each = var.stages

  name                      = "${local.names[each.key]}-dlq"
  message_retention_seconds = local.days_14
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_redrive_allow_policy" "this" {
  for_each = var.stages

  queue_url = aws_sqs_queue.dead_letters[each.key].id
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [local.arns[each.key]]
  })
}
