terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # Where, the arguments of terraform init say: see README.md.
  backend "s3" {}
}
