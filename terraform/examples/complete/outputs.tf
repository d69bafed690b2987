output "url" {
  description = "Where the API is reached."
  value       = module.assistant.url
}
