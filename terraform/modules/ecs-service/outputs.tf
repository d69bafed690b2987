output "name" {
  description = "The service's name."
  value       = aws_ecs_service.this.name
}

output "role_arn" {
  description = "The role that the program acts as."
  value       = module.task.role_arn
}

output "queue" {
  description = "The name of the queue that it is scaled by; null where there is none."
  value       = try(var.queue.name, null)
}
