output "name" {
  description = "The cluster's name, once its capacity providers are there."
  value       = aws_ecs_cluster_capacity_providers.this.cluster_name
}

output "arn" {
  description = "The cluster's ARN."
  value       = aws_ecs_cluster.this.arn
}
