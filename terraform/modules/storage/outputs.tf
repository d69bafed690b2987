output "bucket" {
  description = "The bucket's name, once all that guards it is in place."
  value       = aws_s3_bucket.this.id

  depends_on = [aws_s3_bucket_policy.this, aws_s3_bucket_versioning.this]
}

output "arn" {
  description = "The bucket's ARN."
  value       = local.arn
}

output "replica" {
  description = "The replica bucket's name; null where there is none."
  value       = var.replica ? local.replica : null
}
