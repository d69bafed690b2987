import { temporaryTable } from '../../support/aws/temporary-tables.ts';
import type { StubSettings } from '../../support/bedrock-stub/settings.ts';
import { type Crew, openCrew } from './crew.ts';
import { MODEL, QUOTA, SLOTS, STUB } from './settings.ts';

export interface OurCrewOptions {
  readonly model?: string;
  /** Above STUB; the quotas here are also what the ledger is told. */
  readonly stub?: Partial<StubSettings>;
  /** Where the workers find DynamoDB; absent: where this process does. */
  readonly dynamodb?: string;
}

/** What the ledger is told where nothing is rationed. */
const PLENTY = 10_000_000_000;

/** Workers of the program, with one ledger in a table of their own. */
export const openOurCrew = async ({ model = MODEL, stub, dynamodb }: OurCrewOptions = {}): Promise<Crew> => {
  await using stack = new AsyncDisposableStack();
  const { table } = stack.use(await temporaryTable('quota'));
  const limits = { tokensPerMinute: QUOTA, requestsPerMinute: null, ...stub };
  const crew = stack.use(
    await openCrew({
      way: './ours.ts',
      model,
      slots: SLOTS,
      settings: { ...told(limits), QUOTA_TABLE: table },
      stub: { ...STUB, ...limits },
      env: dynamodb === undefined ? {} : { AWS_ENDPOINT_URL_DYNAMODB: dynamodb },
    }),
  );
  const owned = stack.move();
  return { ...crew, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

const told = ({ tokensPerMinute, requestsPerMinute }: Pick<StubSettings, 'tokensPerMinute' | 'requestsPerMinute'>) => ({
  EMBED_TOKENS_PER_MINUTE: String(tokensPerMinute ?? PLENTY),
  ...(requestsPerMinute !== null && { EMBED_REQUESTS_PER_MINUTE: String(requestsPerMinute) }),
});
