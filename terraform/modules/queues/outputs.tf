output "queues" {
  description = "By stage: name, ARN and URL of its queue, and name and ARN of its dead-letter queue."
  value = { for stage, name in local.names : stage => {
    name = name
    arn  = local.arns[stage]
    url  = aws_sqs_queue.this[stage].url
    dead_letters = {
      name = "${name}-dlq"
      arn  = "${local.arns[stage]}-dlq"
    }
  } }
}
