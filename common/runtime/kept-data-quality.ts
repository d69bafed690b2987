import type { DocumentStatus } from '../domain/document.ts';
import type { Ports } from '../ports/ports.ts';
import { fromJson, json } from './json.ts';
import { orUndefined } from './or-undefined.ts';

/** What the maintenance command data-quality has found out last. */
export interface DataQuality {
  /** When it began to count; ISO 8601. */
  readonly at: string;
  readonly users: number;
  readonly documents: Readonly<Record<DocumentStatus, number>>;
  /** From arrival to ready, of what became ready in the day before; no times where nothing did. */
  readonly processing: { readonly count: number; readonly meanSeconds?: number; readonly p95Seconds?: number };
}

const KEY = 'maintenance/data-quality.json';

export const keepDataQuality = async ({ blobs }: Pick<Ports, 'blobs'>, quality: DataQuality): Promise<void> => {
  await blobs.put(KEY, json(quality));
};

/** Undefined before the first. */
export const keptDataQuality = async ({ blobs }: Pick<Ports, 'blobs'>): Promise<DataQuality | undefined> => {
  const blob = await blobs.get(KEY).catch(orUndefined('not_found'));
  return blob && ((await fromJson(blob.body)) as DataQuality);
};
