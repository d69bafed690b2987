variable "name" {
  description = "Begins the name of everything made here."
  type        = string
}

variable "region" {
  description = "The region, for the names of AWS's endpoints."
  type        = string
}

variable "zones" {
  description = "Availability zones, each of which gets a public and a private subnet."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 4
    error_message = "Two to four availability zones are needed, so that one of them may fail."
  }
}

variable "cidr" {
  description = "The VPC's addresses; a /16 to /20."
  type        = string

  validation {
    condition     = can(cidrsubnet(var.cidr, 4, 0)) && tonumber(try(split("/", var.cidr)[1], 0)) >= 16 && tonumber(try(split("/", var.cidr)[1], 99)) <= 20
    error_message = "The VPC's addresses must be a block from /16 to /20, such as 10.20.0.0/16."
  }
}

variable "egress" {
  description = "How tasks reach AWS: public (in public subnets, nothing inbound, no NAT), nat (private subnets behind one NAT gateway), nat-per-zone (one in each zone), endpoints (private subnets without the internet)."
  type        = string

  validation {
    condition     = contains(["public", "nat", "nat-per-zone", "endpoints"], var.egress)
    error_message = "The egress must be public, nat, nat-per-zone or endpoints."
  }
}

variable "endpoint_services" {
  description = "Services to make interface endpoints for, as AWS names them; used with egress = endpoints alone."
  type        = set(string)
  default     = ["bedrock-runtime", "cognito-idp", "ecr.api", "ecr.dkr", "logs", "monitoring", "sqs", "ssm"]
}
