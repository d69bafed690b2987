locals {
  # Without a revision: the newest.
  task_arn = "arn:aws:ecs:${var.place.region}:${var.place.account}:task-definition/${var.task.family}"
}

resource "aws_scheduler_schedule_group" "this" {
  name = var.name
}

resource "aws_scheduler_schedule" "this" {
  for_each = var.commands

  name                = each.key
  group_name          = aws_scheduler_schedule_group.this.name
  schedule_expression = each.value

  flexible_time_window {
    mode                      = "FLEXIBLE"
    maximum_window_in_minutes = 5
  }

  target {
    arn      = var.cluster_arn
    role_arn = aws_iam_role.this.arn
    input = jsonencode({
      containerOverrides = [{
        name    = var.task.container
        command = ["node", "workers/maintenance/main.ts", each.key]
      }]
    })

    ecs_parameters {
      task_definition_arn = local.task_arn
      task_count          = 1

      capacity_provider_strategy {
        capacity_provider = "FARGATE_SPOT"
        weight            = 1
      }

      network_configuration {
        subnets          = var.network.subnet_ids
        security_groups  = var.network.security_group_ids
        assign_public_ip = var.network.public_address
      }
    }

    retry_policy {
      maximum_retry_attempts       = 2
      maximum_event_age_in_seconds = 3600
    }
  }
}

resource "aws_iam_role" "this" {
  name = "${var.name}-schedules"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        ArnEquals    = { "aws:SourceArn" = "arn:aws:scheduler:${var.place.region}:${var.place.account}:schedule-group/${var.name}" }
        StringEquals = { "aws:SourceAccount" = var.place.account }
      }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "run"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "RunTheTask"
        Effect    = "Allow"
        Action    = ["ecs:RunTask"]
        Resource  = [local.task_arn, "${local.task_arn}:*"]
        Condition = { ArnEquals = { "ecs:cluster" = var.cluster_arn } }
      },
      {
        Sid       = "AsItsRoles"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = [for name in var.task.role_names : "arn:aws:iam::${var.place.account}:role/${name}"]
        Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
      },
    ]
  })
}
