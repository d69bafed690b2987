variable "name" {
  description = "The vault's and the plan's name."
  type        = string
}

variable "arns" {
  description = "What is backed up."
  type        = list(string)

  validation {
    condition     = length(var.arns) > 0
    error_message = "Name at least one thing to back up."
  }
}

variable "keep_days" {
  description = "Days that a backup is kept. A deletion receipt says when the last one that held a document expires."
  type        = number
  default     = 30

  validation {
    condition     = var.keep_days >= 1
    error_message = "A backup is kept for at least a day."
  }
}

variable "disposable" {
  description = "Whether destroying takes the vault with all backups."
  type        = bool
  default     = false
}
