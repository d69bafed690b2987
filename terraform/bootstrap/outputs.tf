output "repository" {
  description = "Where to push the image."
  value       = aws_ecr_repository.this.repository_url
}

output "registry" {
  description = "Where to log in before."
  value       = split("/", aws_ecr_repository.this.repository_url)[0]
}

output "bucket" {
  description = "The bucket of Terraform's state."
  value       = aws_s3_bucket.state.id
}

output "region" {
  description = "The region of both."
  value       = var.region
}
