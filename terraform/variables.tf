variable "name" {
  description = "Begins the name of everything."
  type        = string
  default     = "ai-assistant"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,15}$", var.name))
    error_message = "The name must be 2 to 16 lower-case letters, digits and hyphens that begin with a letter: others' names are built from it."
  }
}

variable "environment" {
  description = "Which of several in an account this is: dev, prod."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,7}$", var.environment))
    error_message = "The environment must be 1 to 8 lower-case letters and digits, such as dev."
  }
}

variable "region" {
  description = "The region of everything."
  type        = string
}

variable "image" {
  description = "The program's image in ECR, with its tag or digest, as `docker push` printed it."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9._/-]+(:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})$", var.image))
    error_message = "The image must be one of ECR with a tag or digest, such as 111122223333.dkr.ecr.eu-central-1.amazonaws.com/ai-assistant:1. Without a tag a new image would never be deployed."
  }
}

variable "architecture" {
  description = "X86_64 or ARM64, as the image was built; ARM64 costs a fifth less."
  type        = string
  default     = "X86_64"
}

variable "protected" {
  description = "Whether tables, accounts and files refuse to be deleted. Without it, destroy takes everything with it."
  type        = bool
  default     = true
}

variable "network" {
  description = "The VPC's addresses, how many zones, and how tasks reach AWS: public, nat, nat-per-zone or endpoints."
  type = object({
    cidr   = optional(string, "10.20.0.0/16")
    zones  = optional(number, 2)
    egress = optional(string, "nat")
  })
  default = {}
}

variable "storage" {
  description = "The bucket of documents: a name of one's own, the archive, days that old versions are kept, a KMS key, web pages that may upload, a replica and its region, and acceleration."
  type = object({
    bucket          = optional(string)
    archive_class   = optional(string, "GLACIER_IR")
    intelligent     = optional(bool, false)
    noncurrent_days = optional(number, 30)
    kms_key_arn     = optional(string)
    origins         = optional(list(string), [])
    acceleration    = optional(bool, true)
    replica         = optional(bool, false)
    replica_region  = optional(string, "us-west-2")
  })
  default = {}

  validation {
    condition     = !var.storage.replica || var.storage.replica_region != var.region
    error_message = "The replica must be in another region than the bucket: set storage.replica_region."
  }
}

variable "search" {
  description = "Where chunks are searched: kind domain (instances) or serverless (a collection, with or without standby), the index's alias, and whether to make OpenSearch's service-linked role, which an account has once."
  type = object({
    kind                = optional(string, "domain")
    instance_type       = optional(string, "t3.small.search")
    instance_count      = optional(number, 1)
    volume_gb           = optional(number, 10)
    standby             = optional(bool, true)
    index               = optional(string, "document-chunks")
    service_linked_role = optional(bool, true)
  })
  default = {}
}

variable "embedding" {
  description = "The Bedrock model of embeddings or its inference profile, the numbers in a vector, and the account's quota, which the workers share: tokens and requests a minute; requests may be null where the account has no such quota."
  type = object({
    model               = optional(string, "cohere.embed-v4:0")
    dimension           = optional(number)
    tokens_per_minute   = optional(number, 300000)
    requests_per_minute = optional(number)
  })
  default = {}

  validation {
    condition     = anytrue([for model in keys(jsondecode(file("${path.module}/embedding-models.json"))) : var.embedding.model == model || endswith(var.embedding.model, ".${model}") || endswith(var.embedding.model, "/${model}")])
    error_message = "The program knows no such embedding model: see the names in terraform/embedding-models.json, or name an inference profile of one of them."
  }
  validation {
    condition = var.embedding.dimension == null || anytrue([for model, dimensions in jsondecode(file("${path.module}/embedding-models.json")) :
      var.embedding.dimension == dimensions[0] if var.embedding.model == model || endswith(var.embedding.model, ".${model}") || endswith(var.embedding.model, "/${model}")
    ])
    error_message = "The program does not ask this model for vectors of so many numbers. Leave embedding.dimension out, or set the first number that terraform/embedding-models.json has for the model: 1536 for cohere.embed-v4:0, 1024 for amazon.titan-embed-text-v2:0."
  }
  validation {
    condition     = var.embedding.tokens_per_minute > 0 && (var.embedding.requests_per_minute == null || try(var.embedding.requests_per_minute > 0, false))
    error_message = "With a quota of zero nothing would ever be embedded. Set embedding.tokens_per_minute, and requests_per_minute where the account has it, to what Service Quotas says for the model; Bedrock gives new accounts less."
  }
}

variable "answer_model" {
  description = "The Bedrock model, or its inference profile, that writes answers."
  type        = string
  default     = "amazon.nova-lite-v1:0"
}

variable "login_providers" {
  description = "The OAuth clients of logins by Google and Amazon; null: none."
  type = object({
    google = optional(object({ client_id = string, client_secret = string }))
    amazon = optional(object({ client_id = string, client_secret = string }))
  })
  default   = {}
  sensitive = true

  validation {
    condition     = var.network.egress != "endpoints" || (var.login_providers.google == null && var.login_providers.amazon == null)
    error_message = "A user pool with login pages cannot be reached by VPC endpoints: leave login_providers out, or set network.egress to nat."
  }
}

variable "api" {
  description = "The API: tasks at least and at most, their size, the gateway's cache (null: none), its throttle, and a domain name of one's own."
  type = object({
    tasks     = optional(object({ min = number, max = number }), { min = 1, max = 4 })
    cpu       = optional(number, 256)
    memory_mb = optional(number, 512)
    cache     = optional(object({ size_gb = optional(string, "0.5"), seconds = optional(number, 5) }))
    throttle  = optional(object({ rate = optional(number, 200), burst = optional(number, 400) }), {})
    domain    = optional(object({ name = string, certificate_arn = string }))
  })
  default = {}
}

variable "workers" {
  description = "By stage: how many tasks at least and at most, and their size. With min = 0 a stage has no task while it has no job."
  type = map(object({
    min       = optional(number, 0)
    max       = optional(number, 8)
    cpu       = optional(number, 512)
    memory_mb = optional(number, 1024)
    spot      = optional(bool, true)
  }))
  default = {
    extract = { cpu = 1024, memory_mb = 4096 }
    embed   = { max = 4 }
    index   = { max = 4 }
  }

  validation {
    condition     = toset(keys(var.workers)) == toset(keys(jsondecode(file("${path.module}/../common/pipeline.json"))))
    error_message = "There must be workers for each stage of common/pipeline.json, and for no other."
  }
}

variable "schedules" {
  description = "When each maintenance command runs, in UTC."
  type        = map(string)
  default = {
    sweep        = "rate(1 hour)"
    data-quality = "rate(6 hours)"
    retention    = "cron(0 3 * * ? *)"
    reconcile    = "cron(0 4 ? * SUN *)"
  }

  validation {
    condition     = alltrue([for command in keys(var.schedules) : contains(["data-quality", "reconcile", "restore-index", "retention", "sweep"], command)])
    error_message = "A schedule is called by its maintenance command: data-quality, reconcile, restore-index, retention or sweep."
  }
}

variable "monitoring" {
  description = "Who is told of alarms, days that logs are kept, the log's level, and whether there is a Prometheus workspace and whether Container Insights."
  type = object({
    alarm_email        = optional(string)
    log_days           = optional(number, 30)
    log_level          = optional(string, "warn")
    prometheus         = optional(bool, false)
    container_insights = optional(bool, false)
  })
  default = {}

  validation {
    condition     = contains(["trace", "debug", "info", "warn", "error", "silent"], var.monitoring.log_level)
    error_message = "The program logs at trace, debug, info, warn, error or silent."
  }
  validation {
    condition     = !(var.monitoring.prometheus && var.network.egress == "endpoints")
    error_message = "The collector's image comes from a public registry, which VPC endpoints do not reach: leave monitoring.prometheus out, or set network.egress to nat."
  }
}
