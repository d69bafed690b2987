provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  name = "assistant-test"
}

run "tasks_may_be_spot" {
  command = plan

  assert {
    condition     = aws_ecs_cluster_capacity_providers.this.capacity_providers == toset(["FARGATE", "FARGATE_SPOT"])
    error_message = "Both kinds of capacity are there."
  }
  assert {
    condition     = one(aws_ecs_cluster_capacity_providers.this.default_capacity_provider_strategy).capacity_provider == "FARGATE"
    error_message = "What does not ask for Spot is not interrupted."
  }
}

run "insights_cost_and_are_off" {
  command = plan

  assert {
    condition     = one(aws_ecs_cluster.this.setting).value == "disabled"
    error_message = "Container Insights are off unless asked for."
  }
}

run "insights_are_a_switch" {
  command = plan

  variables {
    container_insights = true
  }

  assert {
    condition     = one(aws_ecs_cluster.this.setting).value == "enabled"
    error_message = "Switched on, they are on."
  }
}
