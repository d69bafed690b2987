locals {
  replica     = "${var.bucket}-replica"
  replica_arn = "arn:aws:s3:::${local.replica}"
}

resource "aws_s3_bucket" "replica" {
  count    = var.replica ? 1 : 0
  provider = aws.replica

  bucket        = local.replica
  force_destroy = var.disposable

  lifecycle {
    precondition {
      condition     = length(local.replica) <= 63
      error_message = "The replica's name is the bucket's with -replica: shorten the bucket's name to 55 characters."
    }
    precondition {
      condition     = var.kms_key_arn == null
      error_message = "With a KMS key of your own the replica would need a key in its region, which is not built: leave kms_key_arn or the replica out."
    }
  }
}

resource "aws_s3_bucket_versioning" "replica" {
  count    = length(aws_s3_bucket.replica)
  provider = aws.replica

  bucket = aws_s3_bucket.replica[0].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "replica" {
  count    = length(aws_s3_bucket.replica)
  provider = aws.replica

  bucket = aws_s3_bucket.replica[0].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "replica" {
  count    = length(aws_s3_bucket.replica)
  provider = aws.replica

  bucket = aws_s3_bucket.replica[0].id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "replica" {
  count    = length(aws_s3_bucket.replica)
  provider = aws.replica

  bucket = aws_s3_bucket.replica[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [local.replica_arn, "${local.replica_arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  depends_on = [aws_s3_bucket_public_access_block.replica]
}

resource "aws_s3_bucket_lifecycle_configuration" "replica" {
  count    = length(aws_s3_bucket.replica)
  provider = aws.replica

  bucket = aws_s3_bucket.replica[0].id

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

  depends_on = [aws_s3_bucket_versioning.replica]
}

resource "aws_s3_bucket_replication_configuration" "this" {
  count = length(aws_s3_bucket.replica)

  bucket = aws_s3_bucket.this.id
  role   = aws_iam_role.replication[0].arn

  rule {
    id       = "ReplicateToSecondaryRegion"
    status   = "Enabled"
    priority = 0

    filter {
      prefix = "documents/"
    }

    delete_marker_replication {
      status = "Enabled"
    }

    destination {
      bucket        = aws_s3_bucket.replica[0].arn
      storage_class = "STANDARD_IA"
    }
  }

  depends_on = [aws_s3_bucket_versioning.this, aws_s3_bucket_versioning.replica, aws_iam_role_policy.replication]
}
