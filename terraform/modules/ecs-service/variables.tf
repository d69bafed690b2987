variable "name" {
  description = "The service's name, and its task's family and roles'."
  type        = string
}

variable "place" {
  description = "The region and the account, from which ARNs are built."
  type = object({
    region  = string
    account = string
  })
}

variable "cluster" {
  description = "The cluster's name."
  type        = string
}

variable "repository_arn" {
  description = "The ECR repository that the image is pulled from."
  type        = string
}

variable "container" {
  description = "What runs; as in the module ecs-task."
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
}

variable "permissions" {
  description = "What the program may do; as in the module ecs-task."
  type = list(object({
    sid        = string
    actions    = list(string)
    resources  = list(string)
    conditions = optional(map(map(list(string))), {})
  }))
}

variable "network" {
  description = "Where tasks run: subnets, security groups, and whether they need a public address."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
    public_address     = bool
  })
}

variable "tasks" {
  description = "How many tasks there are, at least and at most, and whether they may be Spot, which AWS takes away with two minutes' notice."
  type = object({
    min  = number
    max  = number
    spot = optional(bool, false)
  })

  validation {
    condition     = var.tasks.max >= 1 && var.tasks.max >= var.tasks.min && var.tasks.min >= 0
    error_message = "There must be at least one task at most, and no fewer than at least."
  }
}

variable "queue" {
  description = "The queue whose backlog (visible and in flight) tells how many tasks there are, and what is too many or too old; null: CPU tells."
  type = object({
    name             = string
    dead_letters     = string
    backlog_per_task = number
    oldest_seconds   = optional(number, 1800)
  })
  default = null

  validation {
    condition     = var.queue == null || try(var.queue.backlog_per_task > 0, false)
    error_message = "The backlog per task must be over zero: it is what one task is wanted for."
  }
}

variable "target_group_arn" {
  description = "The load balancer's target group; null: nobody calls it."
  type        = string
  default     = null
}

variable "prometheus" {
  description = "The workspace that a sidecar sends metrics to; null: none."
  type = object({
    arn = string
    url = string
  })
  default = null
}

variable "alarm_topic_arn" {
  description = "The SNS topic that alarms are sent to."
  type        = string
}
