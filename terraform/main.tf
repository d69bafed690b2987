data "aws_caller_identity" "this" {}

data "aws_availability_zones" "this" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  account  = data.aws_caller_identity.this.account_id
  place    = { region = var.region, account = local.account }
  prefix   = "${var.name}-${var.environment}"
  pipeline = jsondecode(file("${path.module}/../common/pipeline.json"))
  formats  = jsondecode(file("${path.module}/../common/formats.json"))
  services = concat(["api", "maintenance"], keys(local.pipeline))
  bucket   = coalesce(var.storage.bucket, "${var.name}-documents-${var.environment}-${local.account}")
  # The repository's name and account are in the image's: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/ai-assistant:1
  registry       = regex("^([0-9]{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com/([a-z0-9._/-]+)[:@]", var.image)
  repository_arn = "arn:aws:ecr:${local.registry[1]}:${local.registry[0]}:repository/${local.registry[2]}"
}

module "network" {
  source = "./modules/network"

  name   = local.prefix
  region = var.region
  cidr   = var.network.cidr
  egress = var.network.egress
  zones  = slice(data.aws_availability_zones.this.names, 0, var.network.zones)
}

module "queues" {
  source = "./modules/queues"

  prefix = "${local.prefix}-"
  place  = local.place
  stages = local.pipeline
}

module "storage" {
  source    = "./modules/storage"
  providers = { aws = aws, aws.replica = aws.replica }

  bucket          = local.bucket
  account         = local.account
  extensions      = keys(local.formats)
  events          = module.queues.queues["extract"]
  archive         = { class = var.storage.archive_class, intelligent = var.storage.intelligent }
  noncurrent_days = var.storage.noncurrent_days
  acceleration    = var.storage.acceleration
  kms_key_arn     = var.storage.kms_key_arn
  origins         = var.storage.origins
  replica         = var.storage.replica
  disposable      = !var.protected
}

module "tables" {
  source = "./modules/tables"

  prefix    = "${local.prefix}-"
  place     = local.place
  protected = var.protected
}

module "search" {
  source = "./modules/search"

  name                = "${var.name}-vectors-${var.environment}"
  place               = local.place
  kind                = var.search.kind
  domain              = { instance_type = var.search.instance_type, instance_count = var.search.instance_count, volume_gb = var.search.volume_gb }
  standby             = var.search.standby
  index               = var.search.index
  service_linked_role = var.search.service_linked_role
  # By name: they are made beside it, and need its ARN.
  role_arns = {
    use     = [for service in local.services : "arn:aws:iam::${local.account}:role/${local.prefix}-${service}"]
    rebuild = ["arn:aws:iam::${local.account}:role/${local.prefix}-maintenance"]
  }

  network = {
    vpc_id           = module.network.vpc_id
    subnet_ids       = module.network.private_subnet_ids
    client_group_ids = { tasks = module.network.tasks.security_group_ids[0] }
  }
}

module "auth" {
  source = "./modules/auth"

  name       = local.prefix
  account    = local.account
  public_url = module.api_gateway.url
  google     = var.login_providers.google
  amazon     = var.login_providers.amazon
  protected  = var.protected
}

module "api_gateway" {
  source = "./modules/api-gateway"

  name     = local.prefix
  region   = var.region
  port     = local.port
  cache    = var.api.cache
  throttle = var.api.throttle
  domain   = var.api.domain

  network = {
    vpc_id     = module.network.vpc_id
    subnet_ids = module.network.private_subnet_ids
  }
}

module "backup" {
  source = "./modules/backup"

  name       = local.prefix
  arns       = values(module.tables.arns)
  disposable = !var.protected
}

module "observability" {
  source = "./modules/observability"

  name        = local.prefix
  region      = var.region
  services    = local.services
  log_days    = var.monitoring.log_days
  alarm_email = var.monitoring.alarm_email
  prometheus  = var.monitoring.prometheus
  api         = module.api_gateway.api
  namespace   = local.environment.METRICS_NAMESPACE
  queues      = { for stage, queue in module.queues.queues : stage => { name = queue.name, dead_letters = queue.dead_letters.name } }
}
