variable "name" {
  description = "Begins the name of everything made here."
  type        = string
}

variable "region" {
  description = "The region, for the dashboard."
  type        = string
}

variable "services" {
  description = "The services, each of which gets a log group."
  type        = set(string)
}

variable "log_days" {
  description = "Days that logs are kept, of those that CloudWatch knows."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731], var.log_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545 or 731 days."
  }
}

variable "alarm_email" {
  description = "Who is told of alarms; null: nobody subscribes yet. AWS asks the address to confirm."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_email == null || can(regex("^[^@ ]+@[^@ ]+$", var.alarm_email))
    error_message = "An e-mail address is wanted, such as ops@example.org."
  }
}

variable "api" {
  description = "The API's name and stage, whose errors and latency are watched, and what is too many and too slow: errors in percent, and the 95th percentile in milliseconds."
  type = object({
    name           = string
    stage          = string
    errors_percent = optional(number, 5)
    p95_ms         = optional(number, 5000)
  })
}

variable "queues" {
  description = "By stage: the names of its queue and of its dead-letter queue."
  type = map(object({
    name         = string
    dead_letters = string
  }))
}

variable "namespace" {
  description = "The CloudWatch namespace of data quality; the program's METRICS_NAMESPACE."
  type        = string
}

variable "prometheus" {
  description = "Whether to make a workspace that keeps the program's own metrics."
  type        = bool
  default     = false
}
