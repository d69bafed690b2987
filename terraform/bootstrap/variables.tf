variable "name" {
  description = "The image's repository, and the beginning of the state bucket's name."
  type        = string
  default     = "ai-assistant"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,15}$", var.name))
    error_message = "The name must be 2 to 16 lower-case letters, digits and hyphens that begin with a letter."
  }
}

variable "region" {
  description = "The region of both, and of what is deployed from them."
  type        = string
}

variable "images_kept" {
  description = "How many images the repository keeps: the newest ones."
  type        = number
  default     = 20

  validation {
    condition     = var.images_kept >= 2
    error_message = "Keep at least two images: the one that runs, and the one to go back to."
  }
}

variable "protected" {
  description = "Whether both refuse to be deleted while something is in them."
  type        = bool
  default     = true
}
