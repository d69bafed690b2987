variable "parameter" {
  description = "The name of the SSM parameter that keeps the secret."
  type        = string
}
