import { DOCUMENT_STATUSES, type Document, type DocumentStatus, processingMs } from '../../common/domain/document.ts';
import { meanOf, NO_SPREAD, quantileOf, type Spread, withValues } from '../../common/domain/spread.ts';
import type { Measurement } from '../../common/ports/metric-sink.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { type DataQuality, keepDataQuality } from '../../common/runtime/kept-data-quality.ts';
import { type Bookmark, bookmark } from './bookmark.ts';
import { type Place, walkDocuments } from './walk.ts';

export type QualityNeeds = Pick<Ports, 'blobs' | 'directory' | 'metrics' | 'people'>;

/** How far the counting has come. */
interface State {
  readonly startedAt: string;
  readonly from?: Place | undefined;
  readonly documents: Readonly<Record<DocumentStatus, number>>;
  /** In ms, of what has become ready within the day. */
  readonly processing: Spread;
}

const DAY_MS = 24 * 3_600_000;
/** What a run has left that was killed longer ago than this tells of another day. */
const GOOD_FOR_MS = 3_600_000;
const P95 = 0.95;

/**
 * Counts users, documents and processing errors, and times the processing of what has become ready within a day; tells
 * the home's metrics and keeps the figures for Prometheus. Reads every record once, in pages; a killed run goes on.
 */
export const dataQuality = async (ports: QualityNeeds): Promise<DataQuality> => {
  const kept = bookmark<State>(ports.blobs, 'data-quality');
  const { startedAt, documents, processing } = await countDocuments(ports, kept);
  const quality: DataQuality = {
    at: startedAt,
    users: await countUsers(ports),
    documents,
    processing: { count: processing.count, ...seconds(processing) },
  };
  await ports.metrics.put(measurementsOf(quality), new Date().toISOString());
  await keepDataQuality(ports, quality);
  await kept.remove();
  return quality;
};

const countDocuments = async ({ directory }: QualityNeeds, kept: Bookmark<State>): Promise<State> => {
  const left = await kept.read();
  const isFresh = left !== undefined && Date.now() - Date.parse(left.startedAt) < GOOD_FOR_MS;
  let state: State = isFresh
    ? left
    : { startedAt: new Date().toISOString(), documents: noDocuments(), processing: NO_SPREAD };
  const since = Date.parse(state.startedAt) - DAY_MS;
  for await (const page of walkDocuments(directory, { before: state.startedAt, from: state.from })) {
    state = { ...counted(state, page.documents, since), from: page.next };
    if (page.next !== undefined) await kept.write(state);
  }
  return state;
};

const noDocuments = () =>
  Object.fromEntries(DOCUMENT_STATUSES.map((status) => [status, 0])) as Record<DocumentStatus, number>;

/** @param since ms since 1970 */
const counted = (state: State, page: readonly Document[], since: number): State => {
  const documents = { ...state.documents };
  for (const { status } of page) documents[status] += 1;
  const recent = page.filter(({ readyAt = '' }) => Date.parse(readyAt) >= since);
  const processing = withValues(
    state.processing,
    recent.flatMap((document) => processingMs(document) ?? []),
  );
  return { ...state, documents, processing };
};

const countUsers = async ({ people }: QualityNeeds): Promise<number> => {
  let sum = 0;
  let cursor: string | undefined;
  do {
    const { users, nextCursor } = await people.count(cursor);
    sum += users;
    cursor = nextCursor;
  } while (cursor !== undefined);
  return sum;
};

const seconds = (spread: Spread) => {
  const [mean, p95] = [meanOf(spread), quantileOf(spread, P95)];
  return mean === undefined || p95 === undefined ? {} : { meanSeconds: mean / 1_000, p95Seconds: p95 / 1_000 };
};

/** A time is left out where nothing became ready: no data is not zero. */
const measurementsOf = ({ users, documents, processing }: DataQuality): Measurement[] => {
  const total = Object.values(documents).reduce((sum, some) => sum + some, 0);
  const times = { AverageProcessingTime: processing.meanSeconds, P95ProcessingTime: processing.p95Seconds };
  return [
    { name: 'TotalUsers', value: users, unit: 'Count' },
    { name: 'TotalDocuments', value: total, unit: 'Count' },
    { name: 'ProcessingErrors', value: documents.error, unit: 'Count' },
    ...Object.entries(times).flatMap(([name, value]): Measurement[] =>
      value === undefined ? [] : [{ name, value, unit: 'Seconds' }],
    ),
  ];
};
