variable "prefix" {
  description = "Begins each queue's name; the program's QUEUE_PREFIX."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{0,60}$", var.prefix))
    error_message = "The prefix of queue names may have 60 letters, digits, hyphens and underscores."
  }
}

variable "place" {
  description = "The region and the account, from which ARNs are built."
  type = object({
    region  = string
    account = string
  })
}

variable "stages" {
  description = "The stages as common/pipeline.json has them: queue, attempts before a job is buried, and the visibility timeout in seconds."
  type = map(object({
    queue             = string
    attempts          = number
    visibilitySeconds = number
  }))

  validation {
    condition     = alltrue([for stage in var.stages : stage.visibilitySeconds >= 30])
    error_message = "A visibility timeout must be at least 30 s: so long may a stopping worker hold a job, and under it the lease would lapse while the job is still worked at. Raise visibilitySeconds in common/pipeline.json."
  }
  validation {
    condition     = alltrue([for stage in var.stages : stage.visibilitySeconds <= 43200])
    error_message = "SQS takes a visibility timeout of 12 hours (43200 s) at most."
  }
  validation {
    condition     = alltrue([for stage in var.stages : stage.attempts >= 1])
    error_message = "Each stage needs at least one attempt."
  }
}
