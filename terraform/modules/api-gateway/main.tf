locals {
  # Public addresses begin with the stage, as the program's own do.
  stage = "v1"
  # Written from the program's routes: see README.md.
  skeleton = "${path.module}/openapi.json.tftpl"
  body = templatefile(local.skeleton, {
    vpc_link = aws_api_gateway_vpc_link.this.id
    backend  = "http://${aws_lb.this.dns_name}"
  })

  is_cached = var.cache != null
  # By the method's name in settings, where slashes are ~1: what the program gives a key for the cache.
  cacheable = { for method in flatten([
    for path, methods in jsondecode(file(local.skeleton)).paths : [
      for verb, operation in methods : { name = "${replace(path, "/", "~1")}/${upper(verb)}", path = path }
      if can(operation["x-amazon-apigateway-integration"].cacheKeyParameters)
    ]
  ]) : method.name => method.path }
  url = var.domain == null ? "https://${aws_api_gateway_rest_api.this.id}.execute-api.${var.region}.amazonaws.com" : "https://${var.domain.name}"
}

resource "aws_api_gateway_rest_api" "this" {
  name                         = var.name
  body                         = local.body
  put_rest_api_mode            = "overwrite"
  fail_on_warnings             = true
  disable_execute_api_endpoint = var.domain != null

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  triggers    = { body = sha256(local.body) }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id           = aws_api_gateway_rest_api.this.id
  deployment_id         = aws_api_gateway_deployment.this.id
  stage_name            = local.stage
  cache_cluster_enabled = local.is_cached
  cache_cluster_size    = try(var.cache.size_gb, null)
}

# All methods: throttled, and not cached unless named below.
resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = false
    logging_level          = "OFF"
    caching_enabled        = false
    throttling_rate_limit  = var.throttle.rate
    throttling_burst_limit = var.throttle.burst
  }
}

resource "aws_api_gateway_method_settings" "cached" {
  for_each = local.is_cached ? local.cacheable : {}

  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = each.key

  settings {
    caching_enabled                            = true
    cache_ttl_in_seconds                       = var.cache.seconds
    cache_data_encrypted                       = true
    require_authorization_for_cache_control    = true
    unauthorized_cache_control_header_strategy = "SUCCEED_WITHOUT_RESPONSE_HEADER"
    throttling_rate_limit                      = var.throttle.rate
    throttling_burst_limit                     = var.throttle.burst
  }
}

resource "aws_api_gateway_domain_name" "this" {
  count = var.domain == null ? 0 : 1

  domain_name              = var.domain.name
  regional_certificate_arn = var.domain.certificate_arn
  security_policy          = "TLS_1_2"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_base_path_mapping" "this" {
  count = length(aws_api_gateway_domain_name.this)

  api_id      = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  domain_name = aws_api_gateway_domain_name.this[0].domain_name
  base_path   = local.stage
}
