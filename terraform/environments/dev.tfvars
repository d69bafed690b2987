# Cheap when idle: no NAT, one small search instance, one small API task, no worker while there is no job.
environment = "dev"
region      = "us-east-1"
protected   = false

network    = { egress = "public" }
search     = { kind = "domain", instance_type = "t3.small.search", instance_count = 1, volume_gb = 10 }
api        = { tasks = { min = 1, max = 2 } }
storage    = { noncurrent_days = 1 }
monitoring = { log_days = 7, log_level = "info" }
