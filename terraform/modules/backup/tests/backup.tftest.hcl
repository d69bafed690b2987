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
  arns = ["arn:aws:dynamodb:eu-central-1:111122223333:table/assistant-test-users"]
}

run "backs_up_at_two_each_night_and_keeps_thirty_days" {
  command = plan

  assert {
    condition     = one(aws_backup_plan.this.rule).schedule == "cron(0 2 * * ? *)"
    error_message = "Daily at 02:00."
  }
  assert {
    condition     = one(one(aws_backup_plan.this.rule).lifecycle).delete_after == 30
    error_message = "Kept for 30 days."
  }
}

run "backs_up_what_it_is_told" {
  command = plan

  assert {
    condition     = aws_backup_selection.this.resources == toset(["arn:aws:dynamodb:eu-central-1:111122223333:table/assistant-test-users"])
    error_message = "The tables, by their ARNs."
  }
  assert {
    condition     = !aws_backup_vault.this.force_destroy
    error_message = "Backups survive unless they are disposable."
  }
}

run "refuses_to_back_up_nothing" {
  command = plan

  variables {
    arns = []
  }

  expect_failures = [var.arns]
}
