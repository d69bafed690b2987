locals {
  is_domain = var.kind == "domain"
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "OpenSearch: TLS from the tasks"
  vpc_id      = var.network.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.network.client_group_ids

  security_group_id            = aws_security_group.this.id
  description                  = "TLS from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}
