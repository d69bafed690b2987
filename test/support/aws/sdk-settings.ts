import { clientSettings } from '../../../common/adapters/aws/clients.ts';

/** How a service is called in AWS_ENDPOINT_URL_*. */
export type ServiceName = 'S3' | 'SQS' | 'DYNAMODB' | 'COGNITO_IDENTITY_PROVIDER';

/** What an SDK client needs to ask the service that an environment names, which need not be this process's own. */
export const sdkSettings = (env: NodeJS.ProcessEnv, service: ServiceName) => {
  const endpoint = env[`AWS_ENDPOINT_URL_${service}`] || env['AWS_ENDPOINT_URL'];
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const sessionToken = env['AWS_SESSION_TOKEN'];
  return {
    ...clientSettings(),
    ...(env['AWS_REGION'] && { region: env['AWS_REGION'] }),
    ...(endpoint && { endpoint }),
    ...(accessKeyId &&
      secretAccessKey && { credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } }),
  };
};
