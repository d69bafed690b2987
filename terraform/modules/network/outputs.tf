output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "private_subnet_ids" {
  description = "Subnets that nothing on the internet can reach."
  value       = [for zone in var.zones : aws_subnet.private[zone].id]
}

output "tasks" {
  description = "Where tasks run: their subnets, their security group, and whether they need a public address."
  value = {
    subnet_ids         = [for zone in var.zones : local.in_public ? aws_subnet.public[zone].id : aws_subnet.private[zone].id]
    security_group_ids = [aws_security_group.tasks.id]
    public_address     = local.in_public
  }
}
