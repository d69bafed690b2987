locals {
  port = 3000
  container = {
    image        = var.image
    architecture = var.architecture
  }
}

module "cluster" {
  source = "./modules/ecs-cluster"

  name               = local.prefix
  container_insights = var.monitoring.container_insights
}

module "api" {
  source = "./modules/ecs-service"

  name             = "${local.prefix}-api"
  place            = local.place
  cluster          = module.cluster.name
  repository_arn   = local.repository_arn
  permissions      = local.permissions.api
  tasks            = var.api.tasks
  target_group_arn = module.api_gateway.target_group_arn
  prometheus       = module.observability.prometheus
  alarm_topic_arn  = module.observability.alarm_topic_arn

  network = merge(module.network.tasks, {
    security_group_ids = concat(module.network.tasks.security_group_ids, [module.api_gateway.task_security_group_id])
  })

  container = merge(local.container, {
    command     = ["node", "api/main.ts"]
    environment = merge(local.environment, local.api_environment)
    secrets     = local.api_secrets
    cpu         = var.api.cpu
    memory_mb   = var.api.memory_mb
    log_group   = module.observability.log_groups["api"]
  })
}

module "worker" {
  source   = "./modules/ecs-service"
  for_each = local.pipeline

  name            = "${local.prefix}-${each.key}"
  place           = local.place
  cluster         = module.cluster.name
  repository_arn  = local.repository_arn
  permissions     = local.permissions[each.key]
  tasks           = var.workers[each.key]
  network         = module.network.tasks
  prometheus      = module.observability.prometheus
  alarm_topic_arn = module.observability.alarm_topic_arn

  queue = {
    name             = module.queues.queues[each.key].name
    dead_letters     = module.queues.queues[each.key].dead_letters.name
    backlog_per_task = each.value.concurrency * 10
  }

  container = merge(local.container, {
    command     = ["node", "workers/main.ts", each.key]
    environment = local.environment
    cpu         = var.workers[each.key].cpu
    memory_mb   = var.workers[each.key].memory_mb
    log_group   = module.observability.log_groups[each.key]
  })
}

module "maintenance" {
  source = "./modules/ecs-task"

  name           = "${local.prefix}-maintenance"
  place          = local.place
  repository_arn = local.repository_arn
  permissions    = local.permissions.maintenance
  is_checked     = false

  container = merge(local.container, {
    command     = ["node", "workers/maintenance/main.ts", "--help"]
    environment = local.environment
    cpu         = 256
    memory_mb   = 512
    log_group   = module.observability.log_groups["maintenance"]
  })
}

module "schedules" {
  source = "./modules/schedules"

  name        = local.prefix
  place       = local.place
  commands    = var.schedules
  cluster_arn = module.cluster.arn
  network     = module.network.tasks

  task = {
    family     = module.maintenance.task_definition.family
    container  = module.maintenance.task_definition.container
    role_names = module.maintenance.role_names
  }
}
