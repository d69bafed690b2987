output "commands" {
  description = "The commands that are scheduled."
  value       = keys(aws_scheduler_schedule.this)
}
