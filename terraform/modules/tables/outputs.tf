output "names" {
  description = "Each table's name, by what the program calls it."
  value       = { for table in keys(local.tables) : table => aws_dynamodb_table.this[table].name }
}

output "arns" {
  description = "Each table's ARN, by what the program calls it."
  value       = local.arns
}

output "streams" {
  description = "The ARN of each table's stream, for what may one day read it."
  value       = { for table, definition in local.tables : table => aws_dynamodb_table.this[table].stream_arn if definition.stream != null }
}
