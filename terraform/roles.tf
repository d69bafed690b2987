# Who may do what of permissions.tf.
locals {
  permissions = {
    api = concat(
      local.may.find_queues, local.may.tell_ages, local.may.keep_users, local.may.keep_work, local.may.reserve_quota,
      local.may.embed, local.may.answer, local.may.search, local.may.know_quality, local.files_of.api,
      [
        {
          sid       = "SendJobs"
          actions   = ["sqs:SendMessage"]
          resources = [for queue in local.queues : queue.arn]
        },
        {
          # Moving takes receiving and deleting; reading gives back what it received.
          sid = "ReadAndRedriveTheDead"
          actions = [
            "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ListMessageMoveTasks",
            "sqs:ReceiveMessage", "sqs:StartMessageMoveTask",
          ]
          resources = [for queue in local.queues : queue.dead_letters.arn]
        },
        {
          sid = "KeepAccounts"
          actions = [
            "cognito-idp:AdminCreateUser", "cognito-idp:AdminDeleteUser", "cognito-idp:AdminGetUser",
            "cognito-idp:AdminInitiateAuth", "cognito-idp:AdminSetUserPassword",
          ]
          resources = [module.auth.user_pool_arn]
        },
      ],
    )

    extract = concat(
      local.may.find_queues, local.may.tell_ages, local.may.know_users, local.may.keep_work, local.may.search,
      local.files_of.work, local.consume.extract,
    )

    embed = concat(
      local.may.find_queues, local.may.tell_ages, local.may.keep_work, local.may.reserve_quota, local.may.embed,
      local.may.search, local.files_of.work, local.consume.embed,
    )

    index = concat(
      local.may.find_queues, local.may.tell_ages, local.may.end_users, local.may.keep_work, local.may.search,
      local.files_of.work, local.consume.index,
      [{
        sid       = "EndAccounts"
        actions   = ["cognito-idp:AdminDeleteUser", "cognito-idp:AdminUserGlobalSignOut", "cognito-idp:ListUsers"]
        resources = [module.auth.user_pool_arn]
      }],
    )

    maintenance = concat(
      local.may.find_queues, local.may.tell_ages, local.may.count_users, local.may.keep_work, local.may.search,
      local.may.rebuild_search, local.may.say_quality, local.files_of.maintenance,
      [{
        sid       = "SendJobs"
        actions   = ["sqs:SendMessage"]
        resources = [local.queues.extract.arn, local.queues.index.arn]
      }],
    )
  }
}
