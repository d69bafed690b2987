import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Counters } from './quotas.ts';
import type { StubSettings } from './settings.ts';

export interface StubProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  change(settings: Partial<StubSettings>): Promise<void>;
  /** By the base model's id. */
  counters(): Promise<Record<string, Counters>>;
}

/** The stub as a process of its own, so that its work is not counted as the program's. */
export const spawnBedrockStub = async (settings: Partial<StubSettings> = {}): Promise<StubProcess> => {
  const child = spawn(process.execPath, [`${import.meta.dirname}/main.ts`, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('The Bedrock stub did not start.'))),
  ])) as [string];
  return {
    url,
    pid: child.pid as number,
    async change(given) {
      await (await fetch(`${url}/stub/settings`, { method: 'POST', body: JSON.stringify(given) })).body?.cancel();
    },
    counters: async () => (await (await fetch(`${url}/stub/counters`)).json()) as Record<string, Counters>,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
};
