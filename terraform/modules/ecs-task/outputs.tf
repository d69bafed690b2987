output "task_definition" {
  description = "The task definition: its ARN with the revision, its family, and the program's container."
  value = {
    arn       = aws_ecs_task_definition.this.arn
    family    = var.name
    container = "program"
    port      = var.port
  }
}

output "role_arn" {
  description = "The role that the program acts as."
  value       = aws_iam_role.task.arn
}

output "role_names" {
  description = "The names of both roles: that of the program, and the one that starts it."
  value       = [var.name, "${var.name}-execution"]
}
