provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  prefix = "assistant-test-"
  place  = { region = "eu-central-1", account = "111122223333" }
}

run "each_table_is_called_by_the_prefix" {
  command = plan

  assert {
    condition     = { for table, resource in aws_dynamodb_table.this : table => resource.name } == { for table in keys(local.tables) : table => "assistant-test-${table}" }
    error_message = "A table's name is the prefix and what the program calls it."
  }
  assert {
    condition     = output.arns["documents"] == "arn:aws:dynamodb:eu-central-1:111122223333:table/assistant-test-documents"
    error_message = "ARNs are built from names."
  }
}

run "all_tables_are_on_demand_encrypted_and_recoverable" {
  command = plan

  assert {
    condition = alltrue([for table in aws_dynamodb_table.this :
      table.billing_mode == "PAY_PER_REQUEST"
      && one(table.point_in_time_recovery).enabled
      && one(table.server_side_encryption).enabled
      && table.deletion_protection_enabled
    ])
    error_message = "On demand, with point-in-time recovery, encryption and protection."
  }
}

run "documents_are_found_by_their_id_alone" {
  command = plan

  assert {
    condition     = one([for index in aws_dynamodb_table.this["documents"].global_secondary_index : index.hash_key if index.name == "DocumentIdIndex"]) == "documentId"
    error_message = "DocumentIdIndex is hashed on documentId."
  }
  assert {
    condition     = aws_dynamodb_table.this["documents"].hash_key == "userId" && aws_dynamodb_table.this["documents"].range_key == "documentId"
    error_message = "A document's key is its user's id and its own."
  }
}

run "users_and_documents_are_streamed" {
  command = plan

  assert {
    condition     = alltrue([for table in ["users", "documents"] : aws_dynamodb_table.this[table].stream_view_type == "NEW_AND_OLD_IMAGES"])
    error_message = "Streams carry new and old images, as the specification has it."
  }
}

run "what_is_only_kept_for_a_while_expires" {
  command = plan

  assert {
    condition     = one(aws_dynamodb_table.this["state"].ttl).attribute_name == "expiresAt" && one(aws_dynamodb_table.this["state"].ttl).enabled
    error_message = "Items of the state table expire by expiresAt."
  }
  assert {
    condition     = { for table, definition in local.tables : table => definition.expiresBy if definition.expiresBy != null } == { state = "expiresAt" }
    error_message = "No document expires by itself."
  }
}
