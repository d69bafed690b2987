# Two of everything that people wait for. README.md prices this beside the other choices.
environment = "prod"
region      = "us-east-1"
protected   = true

network = { egress = "nat-per-zone" }
search  = { kind = "domain", instance_type = "r6g.large.search", instance_count = 2, volume_gb = 100 }
api     = { tasks = { min = 2, max = 8 }, cpu = 512, memory_mb = 1024 }
workers = {
  extract = { min = 1, max = 16, cpu = 1024, memory_mb = 4096 }
  embed   = { min = 1, max = 4 }
  index   = { min = 1, max = 4 }
}
monitoring = { log_days = 90, prometheus = true }
