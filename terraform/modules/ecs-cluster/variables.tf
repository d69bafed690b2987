variable "name" {
  description = "The cluster's name."
  type        = string
}

variable "container_insights" {
  description = "Whether CloudWatch keeps metrics of each task, at a price; nothing here needs them."
  type        = bool
  default     = false
}
