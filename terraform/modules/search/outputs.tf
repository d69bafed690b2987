output "url" {
  description = "The endpoint's address; the program's OPENSEARCH_URL."
  value       = local.is_domain ? "https://${aws_opensearch_domain.this[0].endpoint}" : aws_opensearchserverless_collection.this[0].collection_endpoint

  depends_on = [aws_opensearch_domain_policy.this]
}

output "service" {
  description = "What requests are signed for; the program's OPENSEARCH_SERVICE."
  value       = local.is_domain ? "es" : "aoss"
}

output "engine" {
  description = "The k-NN engine of a new index; the program's OPENSEARCH_ENGINE."
  value       = "faiss"
}

output "access" {
  description = "What a role needs to be allowed to reach it: actions, those of who rebuilds the index besides, and the ARN that they are for."
  value = local.is_domain ? {
    actions    = local.using
    rebuilding = local.rebuilding
    resource   = "${local.domain_arn}/*"
    } : {
    actions    = ["aoss:APIAccessAll"]
    rebuilding = []
    resource   = aws_opensearchserverless_collection.this[0].arn
  }
}

output "domain_name" {
  description = "The domain's name, for its metrics; null where it is a collection."
  value       = local.is_domain ? var.name : null
}
