import { z } from 'zod';
import { AWS, EMBEDDED, SHARED } from '../../common/config.ts';

/** Defaults that depend on the machine are told in the description. */
const OF_THE_MACHINE = new Set(['EMBED_THREADS', 'SCRATCH_DIR']);

const rowOf = (name: string, schema: z.ZodType): string => {
  const { description = '', default: given, enum: choices } = z.toJSONSchema(schema, { io: 'input' });
  const fallback = given === undefined || OF_THE_MACHINE.has(name) ? '' : `\`${String(given)}\``;
  const needed = fallback === '' && !schema.safeParse(undefined).success ? '**needed**' : fallback;
  const words = choices === undefined ? '' : `${choices.map((choice) => `\`${String(choice)}\``).join(', ')}. `;
  return `| ${name} | ${needed} | ${words}${description} |`;
};

const tableOf = (variables: Record<string, z.ZodType>): string =>
  ['| variable | default | |', '|---|---|---|', ...Object.entries(variables).map(([n, s]) => rowOf(n, s))].join('\n');

/** CONFIGURATION.md, as common/config.ts says it. */
export const configurationPage = (): string => `# Configuration

Environment variables; one that is wrong stops the start and is named. An empty one counts as absent. This page is made
from \`common/config.ts\` by \`npm run configuration\`.

## Both homes

| variable | default | |
|---|---|---|
| ASSISTANT_HOME | \`embedded\` | \`embedded\`: this machine, all in DATA_DIR. \`aws\`: S3, SQS, DynamoDB, OpenSearch, Bedrock and Cognito |
${tableOf(SHARED).split('\n').slice(2).join('\n')}

## ASSISTANT_HOME=embedded

${tableOf(EMBEDDED)}

## ASSISTANT_HOME=aws

${tableOf(AWS)}

The AWS SDK reads its own besides: credentials, and AWS_ENDPOINT_URL_SQS, _DYNAMODB, _BEDROCK_RUNTIME,
_COGNITO_IDENTITY_PROVIDER and _CLOUDWATCH for an emulator of one service.
`;
