provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  name   = "assistant-test"
  region = "eu-central-1"
  zones  = ["eu-central-1a", "eu-central-1b"]
  cidr   = "10.20.0.0/16"
  egress = "public"
}

run "in_dev_tasks_have_public_addresses_and_no_nat" {
  command = plan

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_vpc_endpoint.interface) == 0
    error_message = "With egress = public nothing that costs by the hour is made."
  }
  assert {
    condition     = output.tasks.public_address
    error_message = "Without NAT a task needs a public address to reach AWS."
  }
  assert {
    condition     = length(aws_route.nat) == 0
    error_message = "Private subnets, where the search domain is, have no way out."
  }
}

run "tasks_let_nothing_in" {
  command = plan

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.endpoints) == 0
    error_message = "No ingress rule belongs to the tasks."
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.tasks.from_port == 443 && aws_vpc_security_group_egress_rule.tasks.to_port == 443
    error_message = "Tasks speak TLS and nothing else."
  }
}

run "s3_and_dynamodb_are_reached_by_gateways_everywhere" {
  command = plan

  assert {
    condition = alltrue([for service in ["s3", "dynamodb"] :
      aws_vpc_endpoint.gateway[service].vpc_endpoint_type == "Gateway"
      && aws_vpc_endpoint.gateway[service].service_name == "com.amazonaws.eu-central-1.${service}"
    ])
    error_message = "Both gateway endpoints are there, in each mode."
  }
}

run "one_nat_serves_all_zones" {
  command = plan

  variables {
    egress = "nat"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.nat) == 2 && !output.tasks.public_address
    error_message = "One NAT gateway, a route from each private subnet, no public addresses."
  }
}

run "each_zone_may_have_its_own_nat" {
  command = plan

  variables {
    egress = "nat-per-zone"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 2
    error_message = "Two zones, two NAT gateways."
  }
}

run "with_endpoints_there_is_no_internet" {
  command = plan

  variables {
    egress = "endpoints"
  }

  assert {
    condition     = length(aws_internet_gateway.this) == 0 && length(aws_nat_gateway.this) == 0
    error_message = "No gateway to the internet."
  }
  assert {
    condition     = alltrue([for service in ["sqs", "bedrock-runtime", "ecr.dkr", "logs", "cognito-idp"] : contains(keys(aws_vpc_endpoint.interface), service)])
    error_message = "What the program asks is reached by interface endpoints."
  }
}

run "refuses_an_egress_that_there_is_not" {
  command = plan

  variables {
    egress = "vpn"
  }

  expect_failures = [var.egress]
}

run "refuses_a_block_that_is_too_small" {
  command = plan

  variables {
    cidr = "10.20.0.0/24"
  }

  expect_failures = [var.cidr]
}

run "refuses_a_single_zone" {
  command = plan

  variables {
    zones = ["eu-central-1a"]
  }

  expect_failures = [var.zones]
}
