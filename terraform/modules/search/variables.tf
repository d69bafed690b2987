variable "name" {
  description = "The domain's or collection's name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,27}$", var.name))
    error_message = "OpenSearch takes names of 3 to 28 lower-case letters, digits and hyphens that begin with a letter: shorten name or environment."
  }
}

variable "place" {
  description = "The region and the account, from which ARNs are built."
  type = object({
    region  = string
    account = string
  })
}

variable "kind" {
  description = "domain: instances of its own, in the VPC; serverless: a collection behind a VPC endpoint."
  type        = string

  validation {
    condition     = contains(["domain", "serverless"], var.kind)
    error_message = "The kind of search must be domain or serverless."
  }
}

variable "domain" {
  description = "The domain's instances; two or more are spread over two zones."
  type = object({
    instance_type  = optional(string, "t3.small.search")
    instance_count = optional(number, 1)
    volume_gb      = optional(number, 10)
  })
  default = {}

  validation {
    condition     = var.domain.instance_count == 1 || var.domain.instance_count % 2 == 0
    error_message = "The domain is spread over two zones: use one instance, or an even number."
  }
  validation {
    condition     = endswith(var.domain.instance_type, ".search")
    error_message = "An OpenSearch instance type ends in .search, such as t3.small.search."
  }
}

variable "standby" {
  description = "Whether a collection keeps a second copy in another zone, at twice the price."
  type        = bool
  default     = true
}

variable "service_linked_role" {
  description = "Whether to make the role by which OpenSearch reaches into a VPC. An account has it once: false where it has one already."
  type        = bool
  default     = true
}

variable "network" {
  description = "Where clients reach it: the VPC, private subnets in different zones, and the clients' security groups."
  type = object({
    vpc_id           = string
    subnet_ids       = list(string)
    client_group_ids = map(string)
  })
}

variable "role_arns" {
  description = "The roles that may read and write, and those of them that may also remove an index, which a rebuilt one replaces."
  type = object({
    use     = list(string)
    rebuild = list(string)
  })

  validation {
    condition     = length(setsubtract(var.role_arns.rebuild, var.role_arns.use)) == 0
    error_message = "Who rebuilds the index has to use it, too."
  }
}

variable "index" {
  description = "The index's alias; the index behind it is called by it and a number, and while it is rebuilt there is an alias that ends in -next."
  type        = string
}
