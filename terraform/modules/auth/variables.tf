variable "name" {
  description = "The pool's name, and the beginning of its login pages' address."
  type        = string
}

variable "account" {
  description = "Makes the address of the login pages one of its own."
  type        = string
}

variable "public_url" {
  description = "Where browsers reach the API, without a slash at its end; the provider logins come back to it."
  type        = string
}

variable "google" {
  description = "The OAuth client of logins by Google; null: none."
  type = object({
    client_id     = string
    client_secret = string
  })
  default   = null
  sensitive = true
}

variable "amazon" {
  description = "The OAuth client of logins by Amazon; null: none."
  type = object({
    client_id     = string
    client_secret = string
  })
  default   = null
  sensitive = true
}

variable "protected" {
  description = "Whether the pool, with everybody's accounts, refuses to be deleted."
  type        = bool
  default     = true
}

variable "token_minutes" {
  description = "How long an access token serves."
  type        = number
  default     = 60

  validation {
    condition     = var.token_minutes >= 5 && var.token_minutes <= 1440
    error_message = "Cognito takes access tokens of 5 minutes to a day."
  }
}

variable "refresh_days" {
  description = "How long a session may last without a new login."
  type        = number
  default     = 30

  validation {
    condition     = var.refresh_days >= 1 && var.refresh_days <= 3650
    error_message = "Cognito takes refresh tokens of a day to ten years."
  }
}
