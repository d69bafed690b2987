provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  name       = "assistant-test"
  account    = "111122223333"
  public_url = "https://api.example.org"
}

run "the_client_has_what_the_program_asks_of_it" {
  command = plan

  assert {
    condition     = !aws_cognito_user_pool_client.this.generate_secret
    error_message = "No secret."
  }
  assert {
    condition     = aws_cognito_user_pool_client.this.explicit_auth_flows == toset(["ALLOW_ADMIN_USER_PASSWORD_AUTH"])
    error_message = "Only the API logs people in, so that nobody goes round its limits."
  }
  assert {
    condition     = aws_cognito_user_pool_client.this.prevent_user_existence_errors == "ENABLED" && aws_cognito_user_pool_client.this.enable_token_revocation
    error_message = "Errors do not tell who exists, and tokens can be revoked."
  }
  assert {
    condition     = one(aws_cognito_user_pool_client.this.refresh_token_rotation).feature == "ENABLED" && one(aws_cognito_user_pool_client.this.refresh_token_rotation).retry_grace_period_seconds == 0
    error_message = "A refresh token serves once."
  }
}

run "nobody_makes_himself_an_admin" {
  command = plan

  assert {
    condition     = !contains(aws_cognito_user_pool_client.this.write_attributes, "custom:role")
    error_message = "Clients cannot write their role."
  }
  assert {
    condition     = contains([for attribute in aws_cognito_user_pool.this.schema : attribute.name], "role")
    error_message = "The role is an attribute of the pool."
  }
  assert {
    condition     = one(aws_cognito_user_pool.this.admin_create_user_config).allow_admin_create_user_only
    error_message = "People register with the API alone."
  }
}

run "without_providers_there_are_no_login_pages" {
  command = plan

  assert {
    condition     = length(aws_cognito_user_pool_domain.this) == 0 && output.login == null && !aws_cognito_user_pool_client.this.allowed_oauth_flows_user_pool_client
    error_message = "No pages, no secret, no OAuth."
  }
}

# The secret of the login cookie is drawn from AWS at each plan: there is none here.
run "google_comes_back_to_the_api" {
  command = plan

  override_module {
    target  = module.ticket
    outputs = { secret_arn = "arn:aws:ssm:eu-central-1:111122223333:parameter/assistant-test/login-state-secret" }
  }

  variables {
    google = { client_id = "id", client_secret = "secret" }
  }

  assert {
    condition     = aws_cognito_user_pool_client.this.callback_urls == toset(["https://api.example.org/v1/auth/callback"])
    error_message = "The callback is the API's."
  }
  assert {
    condition     = aws_cognito_user_pool_client.this.supported_identity_providers == toset(["COGNITO", "Google"])
    error_message = "Google beside the pool itself."
  }
  assert {
    condition     = aws_cognito_user_pool_client.this.allowed_oauth_flows == toset(["code"])
    error_message = "By authorization code alone."
  }
  assert {
    condition     = length(setsubtract(keys(aws_cognito_identity_provider.google[0].attribute_mapping), concat(tolist(aws_cognito_user_pool_client.this.write_attributes), ["username", "email_verified"]))) == 0
    error_message = "What Google tells can be written by the client, else the login fails."
  }
}

run "refuses_tokens_that_cognito_has_not" {
  command = plan

  variables {
    token_minutes = 1
  }

  expect_failures = [var.token_minutes]
}
