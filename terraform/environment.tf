# What the program reads in common/config.ts. A test holds the two against each other.
locals {
  environment = merge(local.table_names, {
    ASSISTANT_HOME            = "aws"
    AWS_REGION                = var.region
    PORT                      = tostring(local.port)
    HOST                      = "0.0.0.0"
    LOG_LEVEL                 = var.monitoring.log_level
    SCRATCH_DIR               = "/data"
    DOCUMENTS_BUCKET          = module.storage.bucket
    BUCKET_ENCRYPTION         = var.storage.kms_key_arn == null ? "AES256" : "aws:kms"
    KMS_KEY_ID                = var.storage.kms_key_arn == null ? "" : var.storage.kms_key_arn
    QUEUE_PREFIX              = "${local.prefix}-"
    OPENSEARCH_URL            = module.search.url
    OPENSEARCH_SERVICE        = module.search.service
    OPENSEARCH_ENGINE         = module.search.engine
    OPENSEARCH_INDEX          = var.search.index
    EMBEDDING_MODEL           = var.embedding.model
    EMBED_TOKENS_PER_MINUTE   = tostring(var.embedding.tokens_per_minute)
    EMBED_REQUESTS_PER_MINUTE = var.embedding.requests_per_minute == null ? "" : tostring(var.embedding.requests_per_minute)
    WORKER_TASKS_MAX          = tostring(local.tasks_most)
    ANSWER_MODEL              = var.answer_model
    COGNITO_USER_POOL_ID      = module.auth.user_pool_id
    COGNITO_CLIENT_ID         = module.auth.client_id
    METRICS_NAMESPACE         = "AI-Assistant/DataQuality"
  })

  # All services: also those that embed now and then, and those that a deployment runs twice.
  tasks_most = var.api.tasks.max + sum([for worker in var.workers : worker.max])

  # USERS_TABLE, DOCUMENTS_TABLE, ...: a variable for each table of the program.
  table_names = { for table, name in module.tables.names : "${upper(table)}_TABLE" => name }

  # What only the API reads.
  api_environment = {
    TRUSTED_PROXIES  = "1"
    MAX_UPLOAD_BYTES = tostring(pow(1024, 3))
    MAX_FORM_BYTES   = "9000000"
    PUBLIC_URL       = module.api_gateway.url
    COGNITO_DOMAIN   = try("https://${module.auth.login.domain}.auth.${var.region}.amazoncognito.com", "")
  }
  api_secrets = module.auth.login == null ? {} : { LOGIN_STATE_SECRET = module.auth.login.secret_arn }
}
