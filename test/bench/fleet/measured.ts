import { setTimeout as sleep } from 'node:timers/promises';
import type { Crew, Sample } from './crew.ts';
import { type Figures, figuresOf } from './figures.ts';
import { WARM_UP_SECONDS } from './settings.ts';

const MS_PER_SECOND = 1_000;

/** What a crew does in so many seconds. */
const during = async (crew: Crew, seconds: number): Promise<Figures> => {
  const from = await crew.sample();
  await sleep(seconds * MS_PER_SECOND);
  return figuresOf(from, await crew.sample());
};

/** Starts so many, lets them settle, and tells what they do in so many seconds. */
export const steady = async (crew: Crew, workers: number, seconds: number): Promise<Figures> => {
  await crew.add(workers);
  await sleep(WARM_UP_SECONDS * MS_PER_SECOND);
  return during(crew, seconds);
};

const STEP_MS = 500;

/** Samples twice a second, for so many seconds. */
export const series = async (crew: Crew, seconds: number): Promise<Sample[]> => {
  const samples = [await crew.sample()];
  const end = performance.now() + seconds * MS_PER_SECOND;
  while (performance.now() < end) {
    await sleep(STEP_MS);
    samples.push(await crew.sample());
  }
  return samples;
};

/** What happened from so many seconds after a series' begin until so many, or its end. */
export const between = (samples: readonly Sample[], from: number, to = Number.POSITIVE_INFINITY): Figures => {
  const start = samples[0]?.at ?? 0;
  const isAfter = (seconds: number) => (sample: Sample) => sample.at - start >= seconds * MS_PER_SECOND;
  const last = samples.at(-1) as Sample;
  return figuresOf(samples.find(isAfter(from)) ?? last, samples.find(isAfter(to)) ?? last);
};

/** The shares of a quota that were used, second by second: what a person looks at when a target is missed. */
export const course = (samples: readonly Sample[], tokensPerMinute: number): string =>
  samples
    .flatMap((sample, n) => (n >= 2 && n % 2 === 0 ? [figuresOf(samples[n - 2] as Sample, sample)] : []))
    .map(({ tokensPerSecond, throttled }) => {
      const share = ((tokensPerSecond * 60) / tokensPerMinute) * 100;
      return throttled === 0 ? share.toFixed(0) : `${share.toFixed(0)} (${(throttled * 100).toFixed(0)} throttled)`;
    })
    .join(', ');
