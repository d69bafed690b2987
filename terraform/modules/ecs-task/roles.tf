locals {
  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:${var.place.region}:${var.place.account}:*" }
        StringEquals = { "aws:SourceAccount" = var.place.account }
      }
    }]
  })

  sidecar_may = local.has_sidecar ? [{
    sid        = "SendMetrics"
    actions    = ["aps:RemoteWrite"]
    resources  = [var.prometheus.arn]
    conditions = {}
  }] : []
  may = concat(var.permissions, local.sidecar_may)
}

# What the program may do.
resource "aws_iam_role" "task" {
  name               = var.name
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "task" {
  name = "program"
  role = aws_iam_role.task.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for permission in local.may : merge(
      {
        Sid      = permission.sid
        Effect   = "Allow"
        Action   = permission.actions
        Resource = permission.resources
      },
      length(permission.conditions) > 0 ? { Condition = permission.conditions } : null,
    )]
  })
}

# What ECS may do to start it.
resource "aws_iam_role" "execution" {
  name               = "${var.name}-execution"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "execution" {
  name = "start"
  role = aws_iam_role.execution.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          # It knows no resource.
          Sid      = "LogInToTheRegistry"
          Effect   = "Allow"
          Action   = ["ecr:GetAuthorizationToken"]
          Resource = ["*"]
        },
        {
          Sid      = "PullTheImage"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = [var.repository_arn]
        },
        {
          Sid      = "WriteLogs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = ["arn:aws:logs:${var.place.region}:${var.place.account}:log-group:${var.container.log_group}:log-stream:*"]
        },
      ],
      length(var.container.secrets) == 0 ? [] : [{
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = ["ssm:GetParameters"]
        Resource = values(var.container.secrets)
      }],
    )
  })
}
