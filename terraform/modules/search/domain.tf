locals {
  domain_arn = "arn:aws:es:${var.place.region}:${var.place.account}:domain/${var.name}"
  is_spread  = var.domain.instance_count > 1
  using      = ["es:ESHttpGet", "es:ESHttpPost", "es:ESHttpPut"]
  rebuilding = ["es:ESHttpDelete"]
}

resource "aws_iam_service_linked_role" "this" {
  count = local.is_domain && var.service_linked_role ? 1 : 0

  aws_service_name = "opensearchservice.amazonaws.com"
}

resource "aws_opensearch_domain" "this" {
  count = local.is_domain ? 1 : 0

  domain_name    = var.name
  engine_version = "OpenSearch_2.19"

  cluster_config {
    instance_type          = var.domain.instance_type
    instance_count         = var.domain.instance_count
    zone_awareness_enabled = local.is_spread

    dynamic "zone_awareness_config" {
      for_each = local.is_spread ? [2] : []

      content {
        availability_zone_count = zone_awareness_config.value
      }
    }
  }

  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = var.domain.volume_gb
  }

  vpc_options {
    subnet_ids         = slice(var.network.subnet_ids, 0, local.is_spread ? 2 : 1)
    security_group_ids = [aws_security_group.this.id]
  }

  encrypt_at_rest {
    enabled = true
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  software_update_options {
    auto_software_update_enabled = true
  }

  depends_on = [aws_iam_service_linked_role.this]
}

# By a condition: as principals the roles would have to be there before, and they are made beside it.
resource "aws_opensearch_domain_policy" "this" {
  count = length(aws_opensearch_domain.this)

  domain_name = aws_opensearch_domain.this[0].domain_name
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [for sid, who in {
      TasksAlone    = { actions = local.using, roles = var.role_arns.use }
      RebuildersToo = { actions = local.rebuilding, roles = var.role_arns.rebuild }
      } : {
      Sid       = sid
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${var.place.account}:root" }
      Action    = who.actions
      Resource  = "${local.domain_arn}/*"
      Condition = { ArnEquals = { "aws:PrincipalArn" = who.roles } }
    }]
  })
}
