provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  name           = "assistant-test-embed"
  place          = { region = "eu-central-1", account = "111122223333" }
  repository_arn = "arn:aws:ecr:eu-central-1:111122223333:repository/assistant"
  container = {
    image       = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/assistant:1"
    command     = ["node", "workers/main.ts", "embed"]
    environment = { ASSISTANT_HOME = "aws", PORT = "3000" }
    cpu         = 256
    memory_mb   = 512
    log_group   = "/assistant-test/embed"
  }
  permissions = [{ sid = "Read", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::documents/*"] }]
}

run "the_container_can_write_nowhere_but_to_its_data_folder" {
  command = plan

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem
    error_message = "The root file system is read-only."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].user == "1000:1000"
    error_message = "It is not root."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].mountPoints[0].containerPath == "/data"
    error_message = "One volume, at /data."
  }
}

run "the_container_is_asked_whether_it_lives" {
  command = plan

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].healthCheck.command == ["CMD", "node", "deploy/healthy.ts"]
    error_message = "The image's own health check asks."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].stopTimeout > 30 && jsondecode(aws_ecs_task_definition.this.container_definitions)[0].stopTimeout <= 120
    error_message = "It is given more time to stop than it takes, and no more than Fargate has."
  }
}

run "the_environment_is_passed_on" {
  command = plan

  assert {
    condition     = { for variable in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : variable.name => variable.value } == { ASSISTANT_HOME = "aws", PORT = "3000" }
    error_message = "Each variable, and no other."
  }
}

run "the_role_may_do_what_it_is_told_and_no_more" {
  command = plan

  assert {
    condition     = jsonencode(jsondecode(aws_iam_role_policy.task.policy).Statement) == jsonencode([{ Action = ["s3:GetObject"], Effect = "Allow", Resource = ["arn:aws:s3:::documents/*"], Sid = "Read" }])
    error_message = "The permissions, one statement each."
  }
  assert {
    condition     = jsondecode(aws_iam_role.task.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"
    error_message = "Tasks of this account alone act as it."
  }
}

run "secrets_are_read_by_ecs_and_not_by_the_program" {
  command = plan

  variables {
    container = {
      image       = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/assistant:1"
      command     = ["node", "api/main.ts"]
      environment = {}
      secrets     = { LOGIN_STATE_SECRET = "arn:aws:ssm:eu-central-1:111122223333:parameter/assistant-test/secret" }
      cpu         = 256
      memory_mb   = 512
      log_group   = "/assistant-test/api"
    }
  }

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Resource if statement.Sid == "ReadSecrets"]) == ["arn:aws:ssm:eu-central-1:111122223333:parameter/assistant-test/secret"]
    error_message = "The execution role reads that one parameter."
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.task.policy, "ssm:")
    error_message = "The program's role reads none."
  }
}

run "the_sidecar_sends_to_its_workspace_alone" {
  command = plan

  variables {
    prometheus = { arn = "arn:aws:aps:eu-central-1:111122223333:workspace/ws-1", url = "https://aps.example/workspaces/ws-1/" }
  }

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.task.policy).Statement : statement.Resource if statement.Sid == "SendMetrics"]) == ["arn:aws:aps:eu-central-1:111122223333:workspace/ws-1"]
    error_message = "The role may write into the workspace."
  }
  assert {
    condition     = strcontains(one([for container in jsondecode(aws_ecs_task_definition.this.container_definitions) : container if container.name == "metrics"]).environment[0].value, "https://aps.example/workspaces/ws-1/api/v1/remote_write")
    error_message = "The collector writes to the workspace's address."
  }
}

run "refuses_an_action_with_a_star" {
  command = plan

  variables {
    permissions = [{ sid = "All", actions = ["s3:*"], resources = ["arn:aws:s3:::documents/*"] }]
  }

  expect_failures = [var.permissions]
}

run "refuses_every_resource" {
  command = plan

  variables {
    permissions = [{ sid = "Any", actions = ["s3:GetObject"], resources = ["*"] }]
  }

  expect_failures = [var.permissions]
}

run "refuses_memory_that_fargate_has_not" {
  command = plan

  variables {
    container = {
      image       = "image:1"
      command     = ["node"]
      environment = {}
      cpu         = 256
      memory_mb   = 8192
      log_group   = "/assistant-test/api"
    }
  }

  expect_failures = [var.container]
}

run "refuses_memory_between_two_steps" {
  command = plan

  variables {
    container = {
      image       = "image:1"
      command     = ["node"]
      environment = {}
      cpu         = 1024
      memory_mb   = 2560
      log_group   = "/assistant-test/api"
    }
  }

  expect_failures = [var.container]
}

run "takes_memory_that_fargate_has" {
  command = plan

  variables {
    container = {
      image       = "image:1"
      command     = ["node"]
      environment = {}
      cpu         = 8192
      memory_mb   = 61440
      log_group   = "/assistant-test/api"
    }
  }

  assert {
    condition     = aws_ecs_task_definition.this.memory == "61440"
    error_message = "The most that goes with eight virtual CPUs."
  }
}
