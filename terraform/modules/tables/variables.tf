variable "prefix" {
  description = "Begins each table's name."
  type        = string
}

variable "place" {
  description = "The region and the account, from which ARNs are built."
  type = object({
    region  = string
    account = string
  })
}

variable "protected" {
  description = "Whether tables refuse to be deleted."
  type        = bool
  default     = true
}
