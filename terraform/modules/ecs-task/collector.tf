locals {
  collector = local.has_sidecar ? yamlencode({
    extensions = {
      sigv4auth = { region = var.place.region, service = "aps" }
    }
    receivers = {
      prometheus = {
        config = {
          global = { scrape_interval = "60s" }
          scrape_configs = [{
            job_name       = var.name
            static_configs = [{ targets = ["127.0.0.1:${var.port}"] }]
          }]
        }
      }
    }
    processors = {
      resourcedetection = { detectors = ["ecs"] }
    }
    exporters = {
      prometheusremotewrite = {
        endpoint                         = "${var.prometheus.url}api/v1/remote_write"
        auth                             = { authenticator = "sigv4auth" }
        resource_to_telemetry_conversion = { enabled = true }
      }
    }
    service = {
      extensions = ["sigv4auth"]
      pipelines = {
        metrics = {
          receivers  = ["prometheus"]
          processors = ["resourcedetection"]
          exporters  = ["prometheusremotewrite"]
        }
      }
    }
  }) : ""
}
