output "url" {
  description = "Where the API is reached; its paths begin with /v1."
  value       = module.api_gateway.url
}

output "domain_alias" {
  description = "Where a domain name of one's own must lead; null without one."
  value       = module.api_gateway.alias
}

output "provider_callback" {
  description = "What to enter at Google and Amazon as the address that they come back to; null without such logins."
  value       = module.auth.login == null ? null : "https://${module.auth.login.domain}.auth.${var.region}.amazoncognito.com/oauth2/idpresponse"
}

output "bucket" {
  description = "The bucket of documents."
  value       = module.storage.bucket
}

output "replica" {
  description = "The bucket with their copies; null where there is none."
  value       = module.storage.replica
}

output "users_table" {
  description = "The table of users, where somebody is made an administrator; README.md shows how."
  value       = module.tables.names["users"]
}

output "cluster" {
  description = "The ECS cluster."
  value       = module.cluster.name
}

output "maintenance" {
  description = "What `aws ecs run-task --cli-input-json` needs to run a maintenance command by hand; README.md shows how."
  value = {
    cluster                  = module.cluster.name
    taskDefinition           = module.maintenance.task_definition.family
    capacityProviderStrategy = [{ capacityProvider = "FARGATE", weight = 1 }]
    networkConfiguration = {
      awsvpcConfiguration = {
        subnets        = module.network.tasks.subnet_ids
        securityGroups = module.network.tasks.security_group_ids
        assignPublicIp = module.network.tasks.public_address ? "ENABLED" : "DISABLED"
      }
    }
  }
}

output "dashboard" {
  description = "The CloudWatch dashboard."
  value       = module.observability.dashboard
}

output "environment" {
  description = "What the program's tasks are told, without secrets: for a task of one's own."
  value       = merge(local.environment, local.api_environment)
}
