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
  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-a", "subnet-b"]
  }
}

override_resource {
  target          = aws_api_gateway_vpc_link.this
  override_during = plan
  values          = { id = "link-1" }
}

override_resource {
  target          = aws_lb.this
  override_during = plan
  values = {
    arn      = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/assistant-test/1"
    dns_name = "assistant-test.elb.eu-central-1.amazonaws.com"
  }
}

run "the_load_balancer_is_private" {
  command = plan

  assert {
    condition     = aws_lb.this.internal && aws_lb.this.load_balancer_type == "network"
    error_message = "An internal network load balancer."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.tasks.from_port == 3000 && aws_vpc_security_group_ingress_rule.tasks.cidr_ipv4 == null
    error_message = "Tasks let in the load balancer's group and no address."
  }
}

run "each_method_is_passed_on_over_the_link" {
  command = plan

  assert {
    condition = alltrue(flatten([for methods in jsondecode(aws_api_gateway_rest_api.this.body).paths :
      [for method in methods :
        method["x-amazon-apigateway-integration"].type == "http_proxy"
        && method["x-amazon-apigateway-integration"].connectionType == "VPC_LINK"
        && method["x-amazon-apigateway-integration"].connectionId == "link-1"
        && startswith(method["x-amazon-apigateway-integration"].uri, "http://assistant-test.elb.eu-central-1.amazonaws.com/")
      ]
    ]))
    error_message = "Every operation is a proxy over the VPC link, to the load balancer."
  }
}

run "event_streams_are_not_buffered" {
  command = plan

  assert {
    condition = alltrue([for method in [
      jsondecode(aws_api_gateway_rest_api.this.body).paths["/documents/{id}/events"].get,
      jsondecode(aws_api_gateway_rest_api.this.body).paths["/answers"].post,
    ] : method["x-amazon-apigateway-integration"].responseTransferMode == "STREAM" && method["x-amazon-apigateway-integration"].timeoutInMillis == 900000])
    error_message = "Events and answers stream, for up to 15 minutes."
  }
}

run "metrics_stay_inside" {
  command = plan

  assert {
    condition     = !contains(keys(jsondecode(aws_api_gateway_rest_api.this.body).paths), "/metrics")
    error_message = "Nobody outside reads /metrics."
  }
}

run "without_a_cache_nothing_is_cached" {
  command = plan

  assert {
    condition     = !aws_api_gateway_stage.this.cache_cluster_enabled && length(aws_api_gateway_method_settings.cached) == 0
    error_message = "No cache cluster, no cached method."
  }
}

run "with_a_cache_answers_are_kept_by_who_asked" {
  command = plan

  variables {
    cache = {}
  }

  assert {
    condition     = alltrue([for settings in aws_api_gateway_method_settings.cached : one(settings.settings).cache_ttl_in_seconds <= 5 && one(settings.settings).cache_data_encrypted])
    error_message = "Five seconds, encrypted."
  }
  assert {
    condition = toset(keys(aws_api_gateway_method_settings.cached)) == toset([
      "~1documents/GET", "~1documents~1{id}/GET", "~1documents~1{id}~1chunks/GET", "~1documents~1{id}~1text/GET",
    ])
    error_message = "Reads of one's own documents are cached, by the names that API Gateway has for nested paths; no login, and no event."
  }
  assert {
    condition = alltrue([for path in local.cacheable : contains(
      jsondecode(aws_api_gateway_rest_api.this.body).paths[path].get["x-amazon-apigateway-integration"].cacheKeyParameters,
      "method.request.header.Authorization",
    )])
    error_message = "The key of each cached answer has the Authorization header in it."
  }
  assert {
    condition     = !one(aws_api_gateway_method_settings.all.settings).caching_enabled
    error_message = "What is not named is not cached."
  }
}

run "a_domain_of_ones_own_is_the_only_address" {
  command = plan

  variables {
    domain = { name = "api.example.org", certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/1" }
  }

  assert {
    condition     = aws_api_gateway_rest_api.this.disable_execute_api_endpoint && output.url == "https://api.example.org"
    error_message = "AWS's own address is closed."
  }
  assert {
    condition     = aws_api_gateway_base_path_mapping.this[0].base_path == "v1"
    error_message = "Its paths begin with /v1, too."
  }
}

run "refuses_to_keep_answers_for_long" {
  command = plan

  variables {
    cache = { seconds = 300 }
  }

  expect_failures = [var.cache]
}

run "refuses_a_name_that_a_load_balancer_cannot_have" {
  command = plan

  variables {
    name = "an-assistant-of-somebody-with-a-long-name"
  }

  expect_failures = [var.name]
}
