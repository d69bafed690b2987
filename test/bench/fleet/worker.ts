import { readFile } from 'node:fs/promises';
import { setImmediate as immediate } from 'node:timers/promises';
import type { Job } from './corpus.ts';
import type { OpenWay, Tally, Task, Way } from './way.ts';

/** A process that embeds the corpus over and over in one way, and answers each message of its parent with its tally. */
const work = async (task: Task): Promise<void> => {
  const { open } = (await import(task.way)) as { open: OpenWay };
  const jobs = together(JSON.parse(await readFile(task.corpus, 'utf8')), task.jobsTogether);
  const way = await open(task);
  const counts = { texts: 0, jobs: 0, failed: 0 };
  let reason: string | undefined;
  process.on('message', () => process.send?.({ ...counts, ...(reason && { reason }), cpuMs: cpuMs() } satisfies Tally));
  process.on('disconnect', () => process.exit());
  let next = Math.floor((jobs.length * task.member * GOLDEN) % jobs.length);
  const slot = async (): Promise<void> => {
    for (;;) {
      const job = jobs[next % jobs.length] as Job;
      next += 1;
      const failed = await attempt(way, job);
      counts.jobs += 1;
      if (failed === undefined) counts.texts += job.texts.length;
      else counts.failed += 1;
      reason ??= failed;
      if (failed !== undefined) await immediate(); // one that fails at once must not keep its parent from being heard
    }
  };
  process.send?.('ready');
  await Promise.all(Array.from({ length: task.slots }, slot));
};

/** Spreads the members' beginnings over the corpus. */
const GOLDEN = 0.618_034;

const attempt = async (way: Way, job: Job): Promise<string | undefined> => {
  try {
    await way.embed(job);
    return undefined;
  } catch (error) {
    return String(error);
  }
};

const together = (jobs: readonly Job[], count = 1): Job[] =>
  Array.from({ length: Math.ceil(jobs.length / count) }, (_, n) => {
    const some = jobs.slice(n * count, (n + 1) * count);
    return { group: some[0]?.group ?? '', texts: some.flatMap(({ texts }) => texts) };
  });

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

await work(JSON.parse(process.argv[2] ?? ''));
