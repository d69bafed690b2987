# The queue's policy comes first, for S3 tries the queue at once. It is here and not beside the queue, because a bucket
# has one list of notifications and the policy names the bucket.
resource "aws_sqs_queue_policy" "events" {
  queue_url = var.events.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "BucketTells"
        Effect    = "Allow"
        Principal = { Service = "s3.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = var.events.arn
        Condition = {
          ArnEquals    = { "aws:SourceArn" = local.arn }
          StringEquals = { "aws:SourceAccount" = var.account }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = var.events.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_s3_bucket_notification" "this" {
  bucket = aws_s3_bucket.this.id

  dynamic "queue" {
    for_each = var.extensions

    content {
      id            = "original-${queue.value}"
      queue_arn     = var.events.arn
      events        = ["s3:ObjectCreated:*"]
      filter_prefix = "documents/"
      filter_suffix = "original.${queue.value}"
    }
  }

  depends_on = [aws_sqs_queue_policy.events]
}
