resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "DeleteIncompleteMultipartUploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  dynamic "rule" {
    for_each = var.archive.intelligent ? { IntelligentTiering = { days = 0, class = "INTELLIGENT_TIERING" } } : {
      TransitionToIA      = { days = 30, class = "STANDARD_IA" }
      TransitionToGlacier = { days = 90, class = var.archive.class }
    }

    content {
      id     = rule.key
      status = "Enabled"

      filter {}

      transition {
        days          = rule.value.days
        storage_class = rule.value.class
      }
    }
  }

  rule {
    id     = "DeleteTempUploads"
    status = "Enabled"

    filter {
      prefix = "temp-uploads/"
    }

    expiration {
      days = 1
    }
  }

  rule {
    id     = "ExpireNoncurrentVersions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.noncurrent_days
    }

    expiration {
      expired_object_delete_marker = true
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
