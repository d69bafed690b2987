import { availableParallelism, tmpdir } from 'node:os';
import { z } from 'zod';
import { checked } from './runtime/checked.ts';

const GIB = 1024 ** 3;
const needed = z.string('It is needed in the aws home.');
const address = z.url({ protocol: /^https?$/, error: 'An address is wanted, such as https://example.org.' });

const formBytes = z.coerce.number().int().positive();

/** In both homes. Each schema's description goes into CONFIGURATION.md. */
export const SHARED = {
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe('Where it listens; 0: any free port'),
  MAX_UPLOAD_BYTES: z.coerce.number().int().positive().default(GIB).describe('Larger files are refused with 413'),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe('How many proxies before it name their client in X-Forwarded-For; behind API Gateway: 1'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('warn')
    .describe('JSON lines on stderr; `info` logs each request'),
};

export const EMBEDDED = {
  MAX_FORM_BYTES: formBytes
    .optional()
    .describe('Larger files are refused as forms and have to go by /documents/uploads; absent: none is'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('`0.0.0.0` lets your network in: everybody who reaches it may register'),
  DATA_DIR: z.string().default('./data').describe('All that it keeps; back this folder up'),
  MODEL_DIR: z.string().optional().describe('The embedding model’s files, made once (37 MB); absent: in DATA_DIR'),
  EMBED_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(availableParallelism)
    .describe('Threads that embed, in each worker process; absent: one a core'),
};

export const AWS = {
  MAX_FORM_BYTES: formBytes
    .default(9_000_000)
    .describe('Larger files have to go by /documents/uploads: API Gateway takes 10 MB a request'),
  HOST: z.string().default('0.0.0.0').describe('Tasks are reached by their load balancer alone'),
  AWS_REGION: needed.describe('The region of all services'),
  AWS_ENDPOINT_URL: address.optional().describe('An emulator of all services; absent: AWS'),
  AWS_ENDPOINT_URL_S3: address.optional().describe('Likewise, of S3 alone'),
  DOCUMENTS_BUCKET: needed.describe('The S3 bucket of all files'),
  BUCKET_ENCRYPTION: z
    .enum(['AES256', 'aws:kms', 'none'])
    .default('AES256')
    .describe('Asked for with each object; `none` for servers that have none'),
  KMS_KEY_ID: z.string().optional().describe('With `aws:kms`; absent: the key that S3 manages'),
  USERS_TABLE: z.string().default('ai-assistant-users').describe('DynamoDB table of profiles'),
  DOCUMENTS_TABLE: z.string().default('ai-assistant-documents').describe('DynamoDB table of documents’ records'),
  STATE_TABLE: z
    .string()
    .default('ai-assistant-state')
    .describe('DynamoDB table of progress, uploads under way and deletion receipts'),
  QUOTA_TABLE: z
    .string()
    .default('ai-assistant-quota')
    .describe('DynamoDB table of the embedding quota, which all processes share'),
  QUEUE_PREFIX: z
    .string()
    .default('ai-assistant-')
    .describe('SQS queues are called by it and the name in pipeline.json; their dead-letter queues end in `-dlq`'),
  OPENSEARCH_URL: address.describe('The domain’s or the collection’s endpoint'),
  OPENSEARCH_SERVICE: z
    .enum(['es', 'aoss', 'none'])
    .optional()
    .describe('What requests are signed for; absent: told by the address'),
  OPENSEARCH_ENGINE: z
    .enum(['faiss', 'lucene', 'managed'])
    .default('faiss')
    .describe('The k-NN engine of a new index; `managed` leaves it to a serverless collection'),
  OPENSEARCH_INDEX: z.string().default('document-chunks').describe('The alias of the index'),
  EMBEDDING_MODEL: z
    .string()
    .default('cohere.embed-v4:0')
    .describe('Bedrock model or inference profile: Cohere Embed v4, Titan v1 or v2'),
  EMBED_TOKENS_PER_MINUTE: z.coerce
    .number()
    .int()
    .positive()
    .default(300_000)
    .describe('The account’s quota of EMBEDDING_MODEL; Service Quotas shows it'),
  EMBED_REQUESTS_PER_MINUTE: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe('Likewise, where the account has such a quota'),
  WORKER_TASKS_MAX: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(16)
    .describe('At most so many workers run: each embeds with this part of the quota while QUOTA_TABLE is away'),
  ANSWER_MODEL: z
    .string()
    .default('amazon.nova-lite-v1:0')
    .describe('Bedrock model or inference profile that writes answers'),
  COGNITO_USER_POOL_ID: needed.describe('The user pool'),
  COGNITO_CLIENT_ID: needed.describe('The pool’s app client, without a secret'),
  COGNITO_JWKS_URL: address.optional().describe('Where the pool’s keys are; absent: at AWS'),
  COGNITO_DOMAIN: address.optional().describe('The pool’s login pages, for logins by Google and Amazon'),
  PUBLIC_URL: address.optional().describe('Where browsers reach the API; for logins by Google and Amazon'),
  LOGIN_STATE_SECRET: z
    .string()
    .min(32, 'At least 32 characters are wanted.')
    .optional()
    .describe('Seals the cookie of logins by Google and Amazon; the same in all API tasks'),
  METRICS_NAMESPACE: z.string().default('AI-Assistant/DataQuality').describe('CloudWatch namespace of data quality'),
  SCRATCH_DIR: z.string().default(tmpdir).describe('For unfinished files; absent: the system’s temporary folder'),
};

const Environment = z.discriminatedUnion('ASSISTANT_HOME', [
  z.object({ ASSISTANT_HOME: z.literal('embedded'), ...SHARED, ...EMBEDDED }),
  z.object({ ASSISTANT_HOME: z.literal('aws'), ...SHARED, ...AWS }),
]);
export type Config = z.infer<typeof Environment>;
export type EmbeddedConfig = Extract<Config, { ASSISTANT_HOME: 'embedded' }>;
export type AwsConfig = Extract<Config, { ASSISTANT_HOME: 'aws' }>;

/** Called once, by a main file. An empty variable counts as absent. Throws `invalid` that names every fault. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  return checked(Environment, { ASSISTANT_HOME: 'embedded', ...Object.fromEntries(given) }, 'The environment is');
};
