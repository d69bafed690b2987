variable "bucket" {
  description = "The bucket's name, which must be free in all of AWS."
  type        = string

  validation {
    condition     = !strcontains(var.bucket, ".")
    error_message = "The bucket's name must have no dots: with one, neither TLS to its host name nor transfer acceleration works. Use hyphens."
  }
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "The bucket's name must be 3 to 63 lower-case letters, digits and hyphens."
  }
}

variable "account" {
  description = "The account that owns the bucket; only its events are believed."
  type        = string
}

variable "extensions" {
  description = "The extensions of originals, each of which gets a notification rule: the keys of formats.json."
  type        = set(string)

  validation {
    condition     = length(var.extensions) <= 90
    error_message = "S3 takes 100 notification rules a bucket and each extension needs one: keep to 90. Let formats share an extension in common/formats.json."
  }
  validation {
    condition     = alltrue([for extension in var.extensions : extension == lower(extension)])
    error_message = "Suffixes are case-sensitive, and the program writes extensions in lower case."
  }
}

variable "events" {
  description = "The queue that is told of each original that arrives."
  type = object({
    arn = string
    url = string
  })
}

variable "archive" {
  description = "Where objects go: after 30 days to infrequent access and after 90 to `class`; or, with `intelligent`, at once to the class that looks for itself. GLACIER and DEEP_ARCHIVE have to be restored for hours before they can be read."
  type = object({
    class       = optional(string, "GLACIER_IR")
    intelligent = optional(bool, false)
  })
  default = {}

  validation {
    condition     = contains(["GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"], var.archive.class)
    error_message = "The archive's class must be GLACIER_IR (readable at once), GLACIER or DEEP_ARCHIVE."
  }
}

variable "noncurrent_days" {
  description = "Days until replaced and deleted versions are removed for good."
  type        = number
  default     = 30

  validation {
    condition     = var.noncurrent_days >= 1
    error_message = "Old versions are kept for at least a day."
  }
}

variable "acceleration" {
  description = "Whether the bucket has an accelerated endpoint, which costs only who uses it."
  type        = bool
  default     = true
}

variable "kms_key_arn" {
  description = "The KMS key that encrypts objects; null: S3's own keys. Its policy must allow S3."
  type        = string
  default     = null
}

variable "origins" {
  description = "Web pages that may send files straight into the bucket, such as https://app.example.org."
  type        = list(string)
  default     = []
}

variable "replica" {
  description = "Whether a second bucket in the replica provider's region gets a copy of documents/."
  type        = bool
  default     = false
}

variable "disposable" {
  description = "Whether destroying takes the bucket with all that is in it."
  type        = bool
  default     = false
}
