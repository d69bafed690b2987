provider "aws" {
  region = var.region

  default_tags {
    tags = local.tags
  }
}

# Where the replica of the documents is, if there is one.
provider "aws" {
  alias  = "replica"
  region = var.storage.replica_region

  default_tags {
    tags = local.tags
  }
}

locals {
  tags = {
    Application = var.name
    Environment = var.environment
    ManagedBy   = "terraform"
  }
}
