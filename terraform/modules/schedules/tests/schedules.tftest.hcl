provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  name        = "assistant-test"
  place       = { region = "eu-central-1", account = "111122223333" }
  commands    = { sweep = "rate(1 hour)", retention = "cron(0 3 * * ? *)" }
  cluster_arn = "arn:aws:ecs:eu-central-1:111122223333:cluster/assistant-test"
  task = {
    family     = "assistant-test-maintenance"
    container  = "program"
    role_names = ["assistant-test-maintenance", "assistant-test-maintenance-execution"]
  }
  network = {
    subnet_ids         = ["subnet-a"]
    security_group_ids = ["sg-tasks"]
    public_address     = false
  }
}

run "each_command_runs_at_its_time" {
  command = plan

  assert {
    condition     = { for command, schedule in aws_scheduler_schedule.this : command => schedule.schedule_expression } == { retention = "cron(0 3 * * ? *)", sweep = "rate(1 hour)" }
    error_message = "One schedule a command."
  }
  assert {
    condition     = jsondecode(aws_scheduler_schedule.this["sweep"].target[0].input).containerOverrides[0].command == ["node", "workers/maintenance/main.ts", "sweep"]
    error_message = "The container runs the command."
  }
}

run "the_scheduler_may_run_this_task_on_this_cluster_alone" {
  command = plan

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Resource if statement.Sid == "RunTheTask"])[0] == "arn:aws:ecs:eu-central-1:111122223333:task-definition/assistant-test-maintenance"
    error_message = "Its own family."
  }
  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Condition.ArnEquals["ecs:cluster"] if statement.Sid == "RunTheTask"]) == var.cluster_arn
    error_message = "Its own cluster."
  }
  assert {
    condition     = length(one([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Resource if statement.Sid == "AsItsRoles"])) == 2
    error_message = "It passes on the task's two roles, and no other."
  }
}

run "refuses_what_is_no_schedule" {
  command = plan

  variables {
    commands = { sweep = "hourly" }
  }

  expect_failures = [var.commands]
}
