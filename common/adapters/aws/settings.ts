import type { AwsConfig } from '../../config.ts';
import { AppError } from '../../domain/errors.ts';
import type { ProviderLogin } from '../../ports/provider-login.ts';
import { noProviderLogin } from '../no-provider-login.ts';
import { clientSettings } from './clients.ts';
import { cognitoProviderLogin } from './cognito/cognito-provider-login.ts';
import type { Pool } from './cognito/pool-tokens.ts';
import type { Server } from './opensearch/connection.ts';
import type { Encryption } from './s3/place.ts';

/** Throws `invalid` for a key that is missing. */
export const encryptionOf = ({ BUCKET_ENCRYPTION, KMS_KEY_ID }: AwsConfig): Encryption | undefined => {
  if (BUCKET_ENCRYPTION === 'none') return undefined;
  if (BUCKET_ENCRYPTION === 'AES256') return { algorithm: 'AES256' };
  if (KMS_KEY_ID !== undefined) return { algorithm: 'aws:kms', keyId: KMS_KEY_ID };
  throw new AppError('invalid', 'With BUCKET_ENCRYPTION=aws:kms, KMS_KEY_ID must name the key.');
};

/** Whose bucket names are no host names: an emulator's. */
export const s3SettingsOf = ({ AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 }: AwsConfig) => ({
  ...clientSettings(),
  forcePathStyle: (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined,
});

export const poolOf = ({ COGNITO_USER_POOL_ID, COGNITO_CLIENT_ID, COGNITO_JWKS_URL }: AwsConfig): Pool => ({
  userPoolId: COGNITO_USER_POOL_ID,
  clientId: COGNITO_CLIENT_ID,
  jwksUrl: COGNITO_JWKS_URL,
});

const NOT_SET_UP =
  'Logins with Google and Amazon are not set up here: COGNITO_DOMAIN, PUBLIC_URL and LOGIN_STATE_SECRET are needed.';

export const providerLoginOf = (config: AwsConfig): ProviderLogin => {
  const { COGNITO_DOMAIN: domain, PUBLIC_URL, LOGIN_STATE_SECRET: secret } = config;
  if (domain === undefined || PUBLIC_URL === undefined || secret === undefined) return noProviderLogin(NOT_SET_UP);
  const callbackUrl = `${PUBLIC_URL.replace(/\/$/, '')}/v1/auth/callback`;
  return cognitoProviderLogin({ ...poolOf(config), domain, callbackUrl, secret });
};

/** A collection's address ends in aoss.amazonaws.com. */
export const searchServerOf = ({ OPENSEARCH_URL, OPENSEARCH_SERVICE, AWS_REGION }: AwsConfig): Server => {
  const told = new URL(OPENSEARCH_URL).hostname.endsWith('.aoss.amazonaws.com') ? 'aoss' : 'es';
  return { url: OPENSEARCH_URL, service: OPENSEARCH_SERVICE ?? told, region: AWS_REGION };
};
