locals {
  # Written from the program's own definitions: see README.md.
  tables = jsondecode(file("${path.module}/tables.json"))

  names = { for table in keys(local.tables) : table => "${var.prefix}${table}" }
  arns  = { for table, name in local.names : table => "arn:aws:dynamodb:${var.place.region}:${var.place.account}:table/${name}" }
}

resource "aws_dynamodb_table" "this" {
  for_each = local.tables

  name                        = local.names[each.key]
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = each.value.hashKey
  range_key                   = each.value.rangeKey
  deletion_protection_enabled = var.protected
  stream_enabled              = each.value.stream != null
  stream_view_type            = each.value.stream

  dynamic "attribute" {
    for_each = each.value.attributes

    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = each.value.indexes

    content {
      name            = global_secondary_index.key
      hash_key        = global_secondary_index.value.hashKey
      range_key       = global_secondary_index.value.rangeKey
      projection_type = global_secondary_index.value.projection
    }
  }

  dynamic "ttl" {
    for_each = each.value.expiresBy == null ? [] : [each.value.expiresBy]

    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}
