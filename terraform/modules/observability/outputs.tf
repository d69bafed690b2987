output "log_groups" {
  description = "Each service's log group."
  value       = { for service in var.services : service => aws_cloudwatch_log_group.this[service].name }
}

output "alarm_topic_arn" {
  description = "The SNS topic that alarms are sent to."
  value       = aws_sns_topic.alarms.arn
}

output "prometheus" {
  description = "The workspace's ARN and address; null where there is none."
  value = var.prometheus ? {
    arn = aws_prometheus_workspace.this[0].arn
    url = aws_prometheus_workspace.this[0].prometheus_endpoint
  } : null
}

output "dashboard" {
  description = "The dashboard's name."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
