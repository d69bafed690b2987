variable "region" {
  description = "The region of everything but the replica."
  type        = string
  default     = "eu-central-1"
}

variable "replica_region" {
  description = "The region of the documents' copies."
  type        = string
  default     = "eu-west-1"
}

variable "image" {
  description = "The program's image in ECR, with its tag."
  type        = string
}

variable "alarm_email" {
  description = "Who is told of alarms."
  type        = string
}
