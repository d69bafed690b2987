import { Agent, request } from 'node:http';
import { register } from '../../support/account.ts';
import { metricOf, openAwsFleet } from '../../support/aws/fleet.ts';
import { listening, membersOf } from '../../support/fleet.ts';
import { atMost, median, type Scenario, told } from '../scenario.ts';

const TARGET_MS = 0.25;
const ROUNDS = 7;
const AT_ONCE = 8;

interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** CPU time of the server's process in ms. */
  cpuMs(): Promise<number>;
}

/** What an authenticated GET of a document costs, beside a bare Express handler with the same one SDK call. */
export const getDocument: Scenario = {
  summary: 'CPU of an authenticated GET of a document, beside a bare handler with one SDK call',
  async run({ quick, say }) {
    const requests = quick ? 300 : 2_000;
    await using stack = new AsyncDisposableStack();
    const fleet = stack.use(await openAwsFleet());
    const { url } = await fleet.api();
    const account = await register(url);
    const documentId = await account.upload('manual.txt', 'The torque is forty newton metres.');
    const start = membersOf({ ...sdkVariables(), ...fleet.env }, stack);
    const bare = await listening(
      start('test/bench/aws/bare-get.ts', [fleet.env['DOCUMENTS_TABLE'] ?? '', account.userId]),
    );
    const ours: Target = {
      url: `${url}/v1/documents/${documentId}`,
      headers: { Authorization: `Bearer ${account.accessToken}` },
      cpuMs: async () => (await metricOf({ url }, 'process_cpu_seconds_total')) * 1_000,
    };
    const floor: Target = {
      url: `${bare.url}/documents/${documentId}`,
      headers: {},
      cpuMs: async () => Number(await (await fetch(`${bare.url}/cpu`)).text()) / 1_000,
    };
    for (const target of [ours, floor]) await costOf(target, requests);
    const rounds: { ours: number; floor: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ ours: await costOf(ours, requests), floor: await costOf(floor, requests) });
      say(`${rounds.at(-1)?.ours.toFixed(3)} ms, bare ${rounds.at(-1)?.floor.toFixed(3)} ms`);
    }
    const over = median(rounds.map((round) => round.ours - round.floor));
    const [own, least] = [median(rounds.map((round) => round.ours)), median(rounds.map((round) => round.floor))];
    return [
      atMost({
        what: 'CPU of a GET over that of the bare handler',
        value: over,
        target: TARGET_MS,
        unit: 'ms',
        digits: 3,
      }),
      told('CPU of a GET, and of the bare handler', `${own.toFixed(3)} ms, ${least.toFixed(3)} ms`),
    ];
  },
};

const sdkVariables = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (name.startsWith('AWS_') && value ? [[name, value]] : [])),
  );

/** ms of CPU for each of so many requests, a few at once on kept connections. */
const costOf = async (target: Target, requests: number): Promise<number> => {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const before = await target.cpuMs();
  let left = requests;
  const client = async () => {
    while (left > 0) {
      left -= 1;
      await get(target, agent);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  const spent = (await target.cpuMs()) - before;
  agent.destroy();
  return spent / requests;
};

const get = ({ url, headers }: Target, agent: Agent): Promise<void> =>
  new Promise((resolve, reject) => {
    request(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answers ${response.statusCode}`));
      response.on('error', reject).on('end', resolve).resume();
    })
      .on('error', reject)
      .end();
  });
