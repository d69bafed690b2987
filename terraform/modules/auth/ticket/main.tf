# Seals the cookie of provider logins. AWS draws it; it is kept in the first draw, and is in no plan and no state.
ephemeral "aws_secretsmanager_random_password" "this" {
  password_length     = 48
  exclude_punctuation = true
}

resource "aws_ssm_parameter" "this" {
  name             = var.parameter
  description      = "LOGIN_STATE_SECRET of the API tasks"
  type             = "SecureString"
  value_wo         = ephemeral.aws_secretsmanager_random_password.this.random_password
  value_wo_version = 1
}
