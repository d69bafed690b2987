provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  name  = "assistant-test"
  place = { region = "eu-central-1", account = "111122223333" }
  kind  = "domain"
  index = "document-chunks"
  network = {
    vpc_id           = "vpc-1"
    subnet_ids       = ["subnet-a", "subnet-b"]
    client_group_ids = { tasks = "sg-tasks" }
  }
  role_arns = {
    use     = ["arn:aws:iam::111122223333:role/assistant-test-api", "arn:aws:iam::111122223333:role/assistant-test-maintenance"]
    rebuild = ["arn:aws:iam::111122223333:role/assistant-test-maintenance"]
  }
}

run "the_domain_is_private_and_encrypted" {
  command = plan

  assert {
    condition     = one(aws_opensearch_domain.this[0].vpc_options).subnet_ids == toset(["subnet-a"])
    error_message = "A domain of one instance is in one private subnet."
  }
  assert {
    condition = alltrue([
      one(aws_opensearch_domain.this[0].encrypt_at_rest).enabled,
      one(aws_opensearch_domain.this[0].node_to_node_encryption).enabled,
      one(aws_opensearch_domain.this[0].domain_endpoint_options).enforce_https,
    ])
    error_message = "Encrypted at rest, between nodes and to clients."
  }
  assert {
    condition     = length(aws_opensearchserverless_collection.this) == 0
    error_message = "No collection beside the domain."
  }
}

run "the_domain_knows_the_tasks_alone" {
  command = plan

  assert {
    condition = { for statement in jsondecode(aws_opensearch_domain_policy.this[0].access_policies).Statement :
      statement.Sid => toset(statement.Condition.ArnEquals["aws:PrincipalArn"])
      } == {
      TasksAlone    = toset(var.role_arns.use)
      RebuildersToo = toset(var.role_arns.rebuild)
    }
    error_message = "The policy names roles."
  }
  assert {
    condition     = keys(aws_vpc_security_group_ingress_rule.clients) == ["tasks"] && aws_vpc_security_group_ingress_rule.clients["tasks"].from_port == 443
    error_message = "Only the tasks' security group comes in, by TLS."
  }
}

run "only_who_rebuilds_the_index_may_remove_one" {
  command = plan

  assert {
    condition = toset(flatten([for statement in jsondecode(aws_opensearch_domain_policy.this[0].access_policies).Statement :
      statement.Condition.ArnEquals["aws:PrincipalArn"] if contains(statement.Action, "es:ESHttpDelete")
    ])) == toset(var.role_arns.rebuild)
    error_message = "DELETE is for the rebuilders alone."
  }
  assert {
    condition     = one(output.access.rebuilding) == "es:ESHttpDelete" && !contains(output.access.actions, "es:ESHttpDelete")
    error_message = "So it is in the actions that roles are given."
  }
}

run "two_instances_are_in_two_zones" {
  command = plan

  variables {
    domain = { instance_type = "r7g.large.search", instance_count = 2, volume_gb = 100 }
  }

  assert {
    condition     = length(one(aws_opensearch_domain.this[0].vpc_options).subnet_ids) == 2 && one(aws_opensearch_domain.this[0].cluster_config).zone_awareness_enabled
    error_message = "Spread over both subnets."
  }
}

run "the_role_for_vpcs_is_made_where_the_account_has_none" {
  command = plan

  variables {
    service_linked_role = false
  }

  assert {
    condition     = length(aws_iam_service_linked_role.this) == 0
    error_message = "Switched off, it is not made."
  }
}

run "a_collection_comes_with_its_three_policies" {
  command = plan

  variables {
    kind = "serverless"
  }

  override_resource {
    target          = aws_opensearchserverless_vpc_endpoint.this
    override_during = plan
    values          = { id = "vpce-1" }
  }

  assert {
    condition     = jsondecode(aws_opensearchserverless_security_policy.encryption[0].policy).Rules[0].Resource == ["collection/assistant-test"]
    error_message = "The encryption policy names the collection."
  }
  assert {
    condition     = !jsondecode(aws_opensearchserverless_security_policy.network[0].policy)[0].AllowFromPublic && jsondecode(aws_opensearchserverless_security_policy.network[0].policy)[0].SourceVPCEs == ["vpce-1"]
    error_message = "The collection is reached by its VPC endpoint alone."
  }
  assert {
    condition     = [for part in jsondecode(aws_opensearchserverless_access_policy.data[0].policy) : toset(part.Principal)] == [toset(var.role_arns.use), toset(var.role_arns.rebuild)]
    error_message = "The data policy names the roles."
  }
  assert {
    condition = toset(flatten([for part in jsondecode(aws_opensearchserverless_access_policy.data[0].policy) :
      part.Principal if contains(flatten([for rule in part.Rules : rule.Permission]), "aoss:DeleteIndex")
    ])) == toset(var.role_arns.rebuild)
    error_message = "Only who rebuilds the index may remove one."
  }
  assert {
    condition = alltrue(flatten([for part in jsondecode(aws_opensearchserverless_access_policy.data[0].policy) :
      [for rule in part.Rules : [for permission in rule.Permission : !strcontains(permission, "*")]]
    ]))
    error_message = "No permission is everything."
  }
  assert {
    condition     = aws_opensearchserverless_collection.this[0].type == "VECTORSEARCH" && length(aws_opensearch_domain.this) == 0
    error_message = "A vector collection and no domain."
  }
}

run "standby_is_a_switch" {
  command = plan

  variables {
    kind    = "serverless"
    standby = false
  }

  assert {
    condition     = aws_opensearchserverless_collection.this[0].standby_replicas == "DISABLED"
    error_message = "Without standby it costs half."
  }
}

run "refuses_a_name_that_is_too_long" {
  command = plan

  variables {
    name = "an-assistant-of-somebody-with-a-long-name"
  }

  expect_failures = [var.name]
}

run "refuses_three_instances_over_two_zones" {
  command = plan

  variables {
    domain = { instance_count = 3 }
  }

  expect_failures = [var.domain]
}
