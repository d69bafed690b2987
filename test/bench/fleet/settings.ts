/** What the scenarios have in common. */

export const MODEL = 'cohere.embed-v4:0';

/** Tokens a minute: 40 times what an account has by default, so that seconds show what else took minutes. */
export const QUOTA = 12_000_000;

/** Jobs at once of a worker, as pipeline.json gives the embed stage. */
export const SLOTS = 20;

/** Of the processor's capacity, so that nothing but the quota bounds what is measured. */
export const QUOTA_OF_CAPACITY = 0.25;

/** A small burst finds out who paces badly; an answer takes about so long. */
export const STUB = { burstSeconds: 2, latencyMs: 150 } as const;

export const WARM_UP_SECONDS = 12;

export const secondsOf = (quick: boolean): number => (quick ? 6 : 15);
