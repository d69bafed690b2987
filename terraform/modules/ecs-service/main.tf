locals {
  has_queue = var.queue != null
  is_called = var.target_group_arn != null
  rests     = var.tasks.min == 0
}

module "task" {
  source = "../ecs-task"

  name           = var.name
  place          = var.place
  container      = var.container
  permissions    = var.permissions
  repository_arn = var.repository_arn
  prometheus     = var.prometheus
}

resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = var.cluster
  task_definition = module.task.task_definition.arn
  desired_count   = var.tasks.min
  propagate_tags  = "SERVICE"

  # Callers always find a whole set of tasks; a worker's place may stay empty for a moment.
  deployment_minimum_healthy_percent = local.is_called ? 100 : 0
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = local.is_called ? 60 : null

  capacity_provider_strategy {
    capacity_provider = var.tasks.spot ? "FARGATE_SPOT" : "FARGATE"
    weight            = 1
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.network.subnet_ids
    security_groups  = var.network.security_group_ids
    assign_public_ip = var.network.public_address
  }

  dynamic "load_balancer" {
    for_each = local.is_called ? [var.target_group_arn] : []

    content {
      target_group_arn = load_balancer.value
      container_name   = module.task.task_definition.container
      container_port   = module.task.task_definition.port
    }
  }

  lifecycle {
    ignore_changes = [desired_count] # the scaling's affair

    precondition {
      condition     = !(local.is_called && local.rests)
      error_message = "A service that is called needs a task at least: set tasks.min to 1."
    }
    precondition {
      condition     = local.has_queue || !local.rests
      error_message = "Without a queue nothing would wake a service that has no task: set tasks.min to 1."
    }
  }
}
