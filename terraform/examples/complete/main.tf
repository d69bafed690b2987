# Everything switched on, from a configuration of one's own: with a backend, a version and other modules beside it.
module "assistant" {
  source = "../.."

  environment  = "full"
  region       = var.region
  image        = var.image
  architecture = "ARM64"
  protected    = false

  network = { egress = "nat-per-zone", zones = 2 }

  storage = {
    origins        = ["https://app.example.org"]
    replica        = true
    replica_region = var.replica_region
  }

  search = { kind = "serverless", standby = false }

  embedding = {
    model               = "cohere.embed-v4:0"
    dimension           = 1536
    tokens_per_minute   = 300000
    requests_per_minute = 2000
  }

  api = {
    tasks     = { min = 2, max = 8 }
    cpu       = 512
    memory_mb = 1024
    cache     = { seconds = 5 }
    throttle  = { rate = 100, burst = 200 }
  }

  workers = {
    extract = { min = 1, max = 16, cpu = 2048, memory_mb = 8192 }
    embed   = { min = 1, max = 8 }
    index   = { min = 1, max = 8, spot = false }
  }

  monitoring = {
    alarm_email        = var.alarm_email
    log_days           = 90
    log_level          = "info"
    prometheus         = true
    container_insights = true
  }
}
