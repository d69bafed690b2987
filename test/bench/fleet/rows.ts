import { atLeast, atMost, type Row, told } from '../scenario.ts';
import { cpuOf, type Figures } from './figures.ts';
import { QUOTA } from './settings.ts';

const PERCENT = 100;

export const quotaUsed = ({ tokensPerSecond }: Figures, quota = QUOTA): number =>
  ((tokensPerSecond * 60) / quota) * PERCENT;

/** The share of the quota as a target. */
export const usedRow = (what: string, figures: Figures, { target = 97, quota = QUOTA } = {}): Row =>
  atLeast({ what: `${what}, quota used`, value: quotaUsed(figures, quota), target, unit: '%', digits: 1 });

export const throttledRow = (what: string, { throttled }: Figures, target = 0.1): Row =>
  atMost({ what: `${what}, calls throttled`, value: throttled * PERCENT, target, unit: '%', digits: 2 });

export const fairRow = (what: string, { fairness }: Figures): Row =>
  atLeast({ what: `${what}, fairness (Jain)`, value: fairness, target: 0.95, digits: 3 });

export const cpuRow = (what: string, figures: Figures): Row => told(`${what}, CPU`, cpuOf(figures));

/** A figure of somebody else's, beside ours. */
export const peerRow = (what: string, figures: Figures, quota = QUOTA): Row => {
  const { chunksPerSecond, throttled, textsPerCall, failed } = figures;
  const share = quotaUsed(figures, quota).toFixed(1);
  const calls = `${(throttled * PERCENT).toFixed(1)} % of calls throttled, ${textsPerCall.toFixed(0)} texts a call`;
  const speed = `${chunksPerSecond.toFixed(0)} chunks/s`;
  return told(what, `${share} % of the quota, ${speed}, ${calls}, ${failed} jobs failed; ${cpuOf(figures)}`);
};
