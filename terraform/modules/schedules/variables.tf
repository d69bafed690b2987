variable "name" {
  description = "The schedules' group, and the beginning of their role's name."
  type        = string
}

variable "place" {
  description = "The region and the account, from which ARNs are built."
  type = object({
    region  = string
    account = string
  })
}

variable "commands" {
  description = "When each maintenance command runs, as EventBridge Scheduler writes it, in UTC: rate(1 hour), cron(0 3 * * ? *)."
  type        = map(string)

  validation {
    condition     = alltrue([for expression in var.commands : can(regex("^(rate|cron|at)\\(.+\\)$", expression))])
    error_message = "A schedule is a rate(...), a cron(...) or an at(...)."
  }
}

variable "cluster_arn" {
  description = "The cluster that the tasks run on."
  type        = string
}

variable "task" {
  description = "The task that runs a command: its family, its container, and the names of its roles."
  type = object({
    family     = string
    container  = string
    role_names = list(string)
  })
}

variable "network" {
  description = "Where tasks run: subnets, security groups, and whether they need a public address."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
    public_address     = bool
  })
}
