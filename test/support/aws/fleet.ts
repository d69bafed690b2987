import { assemble } from '../../../common/assemble.ts';
import { readConfig } from '../../../common/config.ts';
import type { StageName } from '../../../common/domain/stage-name.ts';
import { type StubProcess, spawnBedrockStub } from '../bedrock-stub/process.ts';
import type { StubSettings } from '../bedrock-stub/settings.ts';
import { type Fleet, listening, type Member, membersOf } from '../fleet.ts';
import { temporaryFolder } from '../temporary.ts';
import { provision } from './provision.ts';
import { askOpenSearch } from './temporary-index.ts';

export interface AwsFleet extends Fleet {
  /** The program's variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly bedrock: StubProcess;
  /** A worker whose GET /metrics can be asked. */
  observedWorker(...stages: StageName[]): Promise<Member & { url: string }>;
}

interface Circumstances {
  /** Variables of the processes, and not of the test's own view: where faults stand between. */
  readonly env?: Record<string, string>;
  readonly bedrock?: Partial<StubSettings>;
  /** Of all queues: how soon another worker gets what a dead one held. */
  readonly visibilitySeconds?: number;
}

const VISIBILITY_SECONDS = 5;
/** So that only tests of the quota wait for it. */
const TOKENS_PER_MINUTE = 60_000_000;

/** The aws home on the test servers, with resources of its own, and Bedrock's stub in a process of its own. */
export const openAwsFleet = async (circumstances: Circumstances = {}): Promise<AwsFleet> => {
  const { visibilitySeconds = VISIBILITY_SECONDS } = circumstances;
  await using stack = new AsyncDisposableStack();
  const { path: scratch } = stack.use(await temporaryFolder());
  const bedrock = stack.use(await spawnBedrockStub(circumstances.bedrock));
  const provided = await provision(process.env, { visibilitySeconds });
  const settings = {
    ...provided,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
    SCRATCH_DIR: scratch,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'error',
    EMBED_TOKENS_PER_MINUTE: String(TOKENS_PER_MINUTE),
  };
  const home = stack.use(await assemble(readConfig({ ...process.env, ...settings }), () => undefined));
  stack.defer(async () => void (await askOpenSearch('DELETE', `/${provided['OPENSEARCH_INDEX']}-1`)));
  const start = membersOf({ ...ofTheSdk(process.env), ...settings, ...circumstances.env }, stack);
  const owned = stack.move();
  return {
    home,
    bedrock,
    env: settings,
    api: () => listening(start('api/main.ts')),
    worker: (...stages) => start('workers/main.ts', stages),
    observedWorker: (...stages) => listening(start('workers/main.ts', stages)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

const ofTheSdk = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[0].startsWith('AWS_') && entry[1] !== undefined,
    ),
  );

/** What a process counts under a name: the sum over all labels that hold `label`. */
export const metricOf = async ({ url }: { url: string }, name: string, label = ''): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const values = text
    .split('\n')
    .filter((line) => (line.startsWith(`${name}{`) || line.startsWith(`${name} `)) && line.includes(label))
    .map((line) => Number(line.slice(line.lastIndexOf(' ') + 1)));
  return values.reduce((sum, value) => sum + value, 0);
};
