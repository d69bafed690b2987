output "user_pool_id" {
  description = "The pool; the program's COGNITO_USER_POOL_ID."
  value       = aws_cognito_user_pool.this.id
}

output "user_pool_arn" {
  description = "The pool's ARN."
  value       = aws_cognito_user_pool.this.arn
}

output "client_id" {
  description = "The app client; the program's COGNITO_CLIENT_ID."
  value       = aws_cognito_user_pool_client.this.id
}

output "login" {
  description = "Logins by Google and Amazon: the address of the pool's pages without its region, and the parameter with the secret; null where there are none."
  value = local.has_pages ? {
    domain     = aws_cognito_user_pool_domain.this[0].domain
    secret_arn = module.ticket[0].secret_arn
  } : null
}
