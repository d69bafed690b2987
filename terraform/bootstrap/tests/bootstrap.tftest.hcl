provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

override_data {
  target = data.aws_caller_identity.this
  values = { account_id = "111122223333" }
}

variables {
  region = "eu-central-1"
}

run "the_state_is_private_versioned_and_encrypted" {
  command = plan

  assert {
    condition     = aws_s3_bucket.state.bucket == "ai-assistant-terraform-111122223333" && aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "A versioned bucket of this account's own."
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.state.restrict_public_buckets && aws_s3_bucket_public_access_block.state.block_public_policy
    error_message = "Nothing of it is public."
  }
}

run "an_image_is_never_replaced_under_its_tag" {
  command = plan

  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE"
    error_message = "A tag is one image for ever."
  }
  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.this.policy).rules[0].selection.countNumber == 20
    error_message = "The twenty newest are kept."
  }
}

run "state_and_images_are_not_destroyed_by_accident" {
  command = plan

  assert {
    condition     = !aws_s3_bucket.state.force_destroy && !aws_ecr_repository.this.force_delete
    error_message = "Only empty ones are."
  }
}

run "refuses_to_keep_one_image" {
  command = plan

  variables {
    images_kept = 1
  }

  expect_failures = [var.images_kept]
}
