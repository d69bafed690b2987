locals {
  has_sidecar = var.prometheus != null
  scratch     = "scratch"
  logs = { for container in ["program", "metrics"] : container => {
    logDriver = "awslogs"
    options = {
      awslogs-group         = var.container.log_group
      awslogs-region        = var.place.region
      awslogs-stream-prefix = container
      mode                  = "non-blocking"
      max-buffer-size       = "4m"
    }
  } }

  program = {
    name                   = "program"
    image                  = var.container.image
    command                = var.container.command
    essential              = true
    readonlyRootFilesystem = true
    user                   = "1000:1000"
    # A worker gives back what it holds, and leaves within 30 s.
    stopTimeout      = 60
    environment      = [for name, value in var.container.environment : { name = name, value = value }]
    secrets          = [for name, arn in var.container.secrets : { name = name, valueFrom = arn }]
    portMappings     = [{ containerPort = var.port, hostPort = var.port, protocol = "tcp" }]
    mountPoints      = [{ sourceVolume = local.scratch, containerPath = "/data", readOnly = false }]
    linuxParameters  = { initProcessEnabled = true }
    logConfiguration = local.logs["program"]
  }
  health_check = {
    healthCheck = {
      command     = ["CMD", "node", "deploy/healthy.ts"]
      interval    = 30
      timeout     = 5
      retries     = 3
      startPeriod = 60
    }
  }

  sidecar = local.has_sidecar ? [{
    name             = "metrics"
    image            = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"
    essential        = false
    environment      = [{ name = "AOT_CONFIG_CONTENT", value = local.collector }]
    logConfiguration = local.logs["metrics"]
  }] : []
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.container.cpu
  memory                   = var.container.memory_mb
  task_role_arn            = aws_iam_role.task.arn
  execution_role_arn       = aws_iam_role.execution.arn

  container_definitions = jsonencode(concat(
    [merge(local.program, var.is_checked ? local.health_check : null)],
    local.sidecar,
  ))

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.container.architecture
  }

  ephemeral_storage {
    size_in_gib = var.container.disk_gb
  }

  # The only place that can be written to. The image declares it a volume that anybody may write to; Fargate keeps that.
  volume {
    name = local.scratch
  }

  depends_on = [aws_iam_role_policy.task, aws_iam_role_policy.execution]
}
