import type { Observe } from '../../common/runtime/sight.ts';
import { dataQuality, type QualityNeeds } from './data-quality.ts';
import { repeat } from './repeat.ts';

interface Counting {
  readonly ports: QualityNeeds;
  readonly observe: Observe;
  readonly stopping: AbortSignal;
}

const EVERY_MS = 3_600_000;

/** Counts users, documents and errors each hour until `stopping`, where no schedule does. */
export const keepCounting = ({ ports, observe, stopping }: Counting): Promise<void> => {
  const onFailure = (cause: unknown): void => observe({ name: 'count.failed', cause });
  return repeat(async () => void (await dataQuality(ports)), { everyMs: EVERY_MS, stopping, onFailure });
};
