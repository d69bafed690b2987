locals {
  has_google = nonsensitive(var.google != null)
  has_amazon = nonsensitive(var.amazon != null)
  has_pages  = local.has_google || local.has_amazon
  providers  = concat(["COGNITO"], aws_cognito_identity_provider.google[*].provider_name, aws_cognito_identity_provider.amazon[*].provider_name)
  # Clients may change their names and nothing else; what providers tell is written by the client, too.
  writable = ["email", "family_name", "given_name", "name"]
}

resource "aws_cognito_user_pool" "this" {
  name                = var.name
  deletion_protection = var.protected ? "ACTIVE" : "INACTIVE"
  user_pool_tier      = "ESSENTIALS"
  username_attributes = ["email"]

  username_configuration {
    case_sensitive = false
  }

  # People register with the API, which keeps count of their attempts.
  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  password_policy {
    minimum_length                   = 8
    require_lowercase                = false
    require_numbers                  = false
    require_symbols                  = false
    require_uppercase                = false
    temporary_password_validity_days = 7
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }

  schema {
    name                     = "role"
    attribute_data_type      = "String"
    mutable                  = true
    developer_only_attribute = false

    string_attribute_constraints {
      min_length = 1
      max_length = 16
    }
  }
}

resource "aws_cognito_user_pool_client" "this" {
  name         = var.name
  user_pool_id = aws_cognito_user_pool.this.id

  generate_secret               = false
  explicit_auth_flows           = ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
  prevent_user_existence_errors = "ENABLED"
  enable_token_revocation       = true
  read_attributes               = ["custom:role", "email", "email_verified", "family_name", "given_name", "name"]
  write_attributes              = local.writable
  supported_identity_providers  = local.providers

  allowed_oauth_flows_user_pool_client = local.has_pages
  allowed_oauth_flows                  = local.has_pages ? ["code"] : null
  allowed_oauth_scopes                 = local.has_pages ? ["email", "openid", "profile"] : null
  callback_urls                        = local.has_pages ? ["${var.public_url}/v1/auth/callback"] : null

  access_token_validity  = var.token_minutes
  id_token_validity      = var.token_minutes
  refresh_token_validity = var.refresh_days

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }

  refresh_token_rotation {
    feature                    = "ENABLED"
    retry_grace_period_seconds = 0
  }
}

resource "aws_cognito_user_pool_domain" "this" {
  count = local.has_pages ? 1 : 0

  domain       = "${var.name}-${var.account}"
  user_pool_id = aws_cognito_user_pool.this.id
}

module "ticket" {
  source = "./ticket"
  count  = local.has_pages ? 1 : 0

  parameter = "/${var.name}/login-state-secret"
}

resource "aws_cognito_identity_provider" "google" {
  count = local.has_google ? 1 : 0

  user_pool_id  = aws_cognito_user_pool.this.id
  provider_name = "Google"
  provider_type = "Google"

  provider_details = {
    client_id        = var.google.client_id
    client_secret    = var.google.client_secret
    authorize_scopes = "openid email profile"
  }

  attribute_mapping = {
    username       = "sub"
    email          = "email"
    email_verified = "email_verified"
    given_name     = "given_name"
    family_name    = "family_name"
  }

  lifecycle {
    ignore_changes = [provider_details["authorize_url"], provider_details["oidc_issuer"], provider_details["token_url"], provider_details["token_request_method"], provider_details["attributes_url"], provider_details["attributes_url_add_attributes"]]
  }
}

resource "aws_cognito_identity_provider" "amazon" {
  count = local.has_amazon ? 1 : 0

  user_pool_id  = aws_cognito_user_pool.this.id
  provider_name = "LoginWithAmazon"
  provider_type = "LoginWithAmazon"

  provider_details = {
    client_id        = var.amazon.client_id
    client_secret    = var.amazon.client_secret
    authorize_scopes = "profile"
  }

  attribute_mapping = {
    username = "user_id"
    email    = "email"
    name     = "name"
  }

  lifecycle {
    ignore_changes = [provider_details["authorize_url"], provider_details["token_url"], provider_details["token_request_method"], provider_details["attributes_url"], provider_details["attributes_url_add_attributes"]]
  }
}
