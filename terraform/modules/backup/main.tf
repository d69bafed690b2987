resource "aws_backup_vault" "this" {
  name          = var.name
  force_destroy = var.disposable
}

resource "aws_backup_plan" "this" {
  name = var.name

  rule {
    rule_name         = "DailyBackups"
    target_vault_name = aws_backup_vault.this.name
    schedule          = "cron(0 2 * * ? *)"

    lifecycle {
      delete_after = var.keep_days
    }
  }
}

resource "aws_backup_selection" "this" {
  name         = var.name
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.this.arn
  resources    = var.arns

  depends_on = [aws_iam_role_policy_attachment.this]
}

resource "aws_iam_role" "this" {
  name = "${var.name}-backup"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "backup.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = toset(["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"])

  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/${each.key}"
}
