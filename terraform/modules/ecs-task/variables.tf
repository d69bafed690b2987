variable "name" {
  description = "The task's family, and the beginning of its roles' names."
  type        = string

  validation {
    condition     = length(var.name) <= 54
    error_message = "IAM takes role names of 64 characters and ours end in -execution: shorten name or environment."
  }
}

variable "place" {
  description = "The region and the account, from which ARNs are built."
  type = object({
    region  = string
    account = string
  })
}

variable "container" {
  description = "What runs: image, command, environment by name, secrets by name (ARNs of SSM parameters), CPU in units of 1/1024, memory and disk, and the log group."
  type = object({
    image        = string
    command      = list(string)
    environment  = map(string)
    secrets      = optional(map(string), {})
    cpu          = number
    memory_mb    = number
    disk_gb      = optional(number, 21)
    architecture = optional(string, "X86_64")
    log_group    = string
  })

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.container.cpu)
    error_message = "Fargate takes 256, 512, 1024, 2048, 4096, 8192 or 16384 CPU units."
  }
  validation {
    condition = try(contains({
      "256"   = [512, 1024, 2048]
      "512"   = range(1024, 4097, 1024)
      "1024"  = range(2048, 8193, 1024)
      "2048"  = range(4096, 16385, 1024)
      "4096"  = range(8192, 30721, 1024)
      "8192"  = range(16384, 61441, 4096)
      "16384" = range(32768, 122881, 8192)
    }[tostring(var.container.cpu)], var.container.memory_mb), true)
    error_message = "Fargate takes from 2 to 8 times as many MB of memory as CPU units, in steps of 1024: with 256 units 512, 1024 or 2048, with 512 units 1024, 2048, 3072 or 4096."
  }
  validation {
    condition     = var.container.disk_gb >= 21 && var.container.disk_gb <= 200
    error_message = "Fargate takes 21 to 200 GB of disk."
  }
  validation {
    condition     = contains(["X86_64", "ARM64"], var.container.architecture)
    error_message = "The architecture must be X86_64 or ARM64, and that of the image."
  }
}

variable "permissions" {
  description = "What the program may do, a statement each: an id, actions, resources, and conditions by operator and key."
  type = list(object({
    sid        = string
    actions    = list(string)
    resources  = list(string)
    conditions = optional(map(map(list(string))), {})
  }))

  validation {
    condition     = alltrue(flatten([for permission in var.permissions : [for action in permission.actions : !strcontains(action, "*")]]))
    error_message = "Name each action: a role may do what its program does, and no more."
  }
  validation {
    condition     = alltrue([for permission in var.permissions : !contains(permission.resources, "*") || length(permission.conditions) > 0 || permission.actions == tolist(["cloudwatch:GetMetricData"])])
    error_message = "Name the resources; only an action that knows none may have *, and GetMetricData alone has no condition to narrow it."
  }
}

variable "repository_arn" {
  description = "The ECR repository that the image is pulled from."
  type        = string
}

variable "port" {
  description = "Where the container answers GET /health/live."
  type        = number
  default     = 3000
}

variable "is_checked" {
  description = "Whether its health is asked for; a task that ends by itself answers nothing."
  type        = bool
  default     = true
}

variable "prometheus" {
  description = "The workspace that a sidecar sends /metrics to: its ARN and address; null: no sidecar."
  type = object({
    arn = string
    url = string
  })
  default = null
}
