import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { megabytes, memoryOf, peakOf, watchTree } from './process-tree.ts';
import { atMost, type Scenario, told } from './scenario.ts';
import { type System, startSystem } from './system.ts';

const FULL = 1e9;
const QUICK = 1e8;
const TARGET = 100;
const PART = 64 * 1024;
const SAMPLE_MS = 50;
const BOUNDARY = 'one-large-file';
const HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="large.txt"\r\n\r\n`;
const TAIL = `\r\n--${BOUNDARY}--\r\n`;

function* formOf(bytes: number): Generator<Buffer> {
  yield Buffer.from(HEAD);
  const part = Buffer.from('A line of a long log, of which there are many.\n'.repeat(Math.ceil(PART / 47))).subarray(
    0,
    PART,
  );
  for (let left = bytes; left > 0; left -= PART) yield part.subarray(0, Math.min(left, PART));
  yield Buffer.from(TAIL);
}

/** In one request, at the speed at which it is taken. */
const upload = async ({ url, ada }: System, bytes: number): Promise<void> => {
  const sent = request(`${url}/v1/documents`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${ada.accessToken}`,
      'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
      'Content-Length': bytes + HEAD.length + TAIL.length,
    },
  });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  await pipeline(Readable.from(formOf(bytes)), sent);
  const [answer] = await answered;
  answer.resume();
  if (answer.statusCode !== 202) throw new Error(`the upload was answered with ${answer.statusCode}`);
};

/** The API process alone, so that nothing is worked off: this is about receiving. */
export const upload1gb: Scenario = {
  summary: 'memory of the API process while it receives a file of 1 GB',
  async run({ quick }) {
    const bytes = quick ? QUICK : FULL;
    await using system = await startSystem({}, 'api');
    const before = await memoryOf(system.pid);
    await using watch = watchTree(system.pid, SAMPLE_MS);
    const started = performance.now();
    await upload(system, bytes);
    const seconds = (performance.now() - started) / 1000;
    const peak = Math.max(watch.peak.rss, await peakOf(system.pid));
    return [
      atMost({ what: 'resident memory grows by', value: megabytes(peak - before.rss), target: TARGET, unit: 'MB' }),
      told('resident before, at most', `${megabytes(before.rss).toFixed(0)}, ${megabytes(peak).toFixed(0)} MB`),
      told('speed', `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`),
    ];
  },
};
