locals {
  collections = local.is_domain ? 0 : 1
  rules = [{
    ResourceType = "collection"
    Resource     = ["collection/${var.name}"]
  }]
}

# The collection cannot be made before this policy is there.
resource "aws_opensearchserverless_security_policy" "encryption" {
  count = local.collections

  name = var.name
  type = "encryption"
  policy = jsonencode({
    Rules       = local.rules
    AWSOwnedKey = true
  })
}

resource "aws_opensearchserverless_vpc_endpoint" "this" {
  count = local.collections

  name               = var.name
  vpc_id             = var.network.vpc_id
  subnet_ids         = var.network.subnet_ids
  security_group_ids = [aws_security_group.this.id]
}

resource "aws_opensearchserverless_security_policy" "network" {
  count = local.collections

  name = var.name
  type = "network"
  policy = jsonencode([{
    Rules           = local.rules
    AllowFromPublic = false
    SourceVPCEs     = [aws_opensearchserverless_vpc_endpoint.this[0].id]
  }])
}

# Beside this policy a role needs aoss:APIAccessAll on the collection.
resource "aws_opensearchserverless_access_policy" "data" {
  count = local.collections

  name = var.name
  type = "data"
  policy = jsonencode([for who in [
    {
      roles       = var.role_arns.use
      collections = ["aoss:CreateCollectionItems", "aoss:DescribeCollectionItems"]
      indexes     = ["aoss:CreateIndex", "aoss:DescribeIndex", "aoss:ReadDocument", "aoss:UpdateIndex", "aoss:WriteDocument"]
    },
    {
      # Aliases belong to the collection.
      roles       = var.role_arns.rebuild
      collections = ["aoss:DeleteCollectionItems", "aoss:UpdateCollectionItems"]
      indexes     = ["aoss:DeleteIndex"]
    },
    ] : {
    Principal = who.roles
    Rules = [
      {
        ResourceType = "collection"
        Resource     = ["collection/${var.name}"]
        Permission   = who.collections
      },
      {
        ResourceType = "index"
        Resource     = ["index/${var.name}/${var.index}*"]
        Permission   = who.indexes
      },
    ]
  }])
}

resource "aws_opensearchserverless_collection" "this" {
  count = local.collections

  name             = var.name
  type             = "VECTORSEARCH"
  description      = "Vector storage for document embeddings and semantic search"
  standby_replicas = var.standby ? "ENABLED" : "DISABLED"

  depends_on = [
    aws_opensearchserverless_security_policy.encryption,
    aws_opensearchserverless_security_policy.network,
    aws_opensearchserverless_access_policy.data,
  ]
}
