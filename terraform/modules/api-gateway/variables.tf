variable "name" {
  description = "The API's name, and the load balancer's."
  type        = string

  validation {
    condition     = length(var.name) <= 32
    error_message = "A load balancer's name has 32 characters at most: shorten name or environment."
  }
}

variable "region" {
  description = "The region, for the API's address."
  type        = string
}

variable "network" {
  description = "Where the load balancer is: the VPC and private subnets."
  type = object({
    vpc_id     = string
    subnet_ids = list(string)
  })
}

variable "port" {
  description = "Where API tasks listen."
  type        = number
  default     = 3000
}

variable "cache" {
  description = "The cache of GETs on one's own documents: its size in GB as AWS names it, and how long an answer is kept; null: none. A deleted text is readable for as long."
  type = object({
    size_gb = optional(string, "0.5")
    seconds = optional(number, 5)
  })
  default = null

  validation {
    condition     = var.cache == null || try(var.cache.seconds >= 1 && var.cache.seconds <= 5, false)
    error_message = "The cache keeps an answer for 1 to 5 seconds: longer, and a deleted or unshared document would still be readable."
  }
}

variable "throttle" {
  description = "Requests a second that the API takes, and at once."
  type = object({
    rate  = optional(number, 200)
    burst = optional(number, 400)
  })
  default = {}
}

variable "domain" {
  description = "A domain name of one's own and its certificate in ACM, in the same region; null: the address that AWS gives."
  type = object({
    name            = string
    certificate_arn = string
  })
  default = null
}
