output "vault" {
  description = "The vault's name."
  value       = aws_backup_vault.this.name
}
