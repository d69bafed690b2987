output "url" {
  description = "Where the API is reached, without a slash at its end; the program's PUBLIC_URL. Its paths begin with /v1."
  value       = local.url
}

output "target_group_arn" {
  description = "Where API tasks register, once the load balancer listens."
  value       = aws_lb_target_group.this.arn

  depends_on = [aws_lb_listener.this]
}

output "task_security_group_id" {
  description = "The group that API tasks need so that the load balancer reaches them."
  value       = aws_security_group.tasks.id
}

output "api" {
  description = "The API's name and stage, by which CloudWatch calls its metrics."
  value = {
    name  = var.name
    stage = local.stage
  }
}

output "alias" {
  description = "Where the domain name of one's own must lead: the name and zone of a Route 53 alias; null without one."
  value = var.domain == null ? null : {
    name    = aws_api_gateway_domain_name.this[0].regional_domain_name
    zone_id = aws_api_gateway_domain_name.this[0].regional_zone_id
  }
}
