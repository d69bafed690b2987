import type { PublicDocument } from '../../../common/domain/document.ts';
import type { QueueState } from '../client/client.ts';
import { bytes, duration, when } from '../terminal/figures.ts';
import type { Output } from '../terminal/output.ts';
import { type Column, table } from '../terminal/table.ts';
import { harmless, wrap } from '../terminal/text.ts';

const NAME_AT_LEAST = 16;
/** Wide enough for all values, so that one page is like the next. */
const WIDTH = { status: 10, size: 7, type: 8 };

/** `image/png` as `png`; long names of office formats by their last word. */
const shortType = (fileType: string): string => fileType.split('/').at(-1)?.split('.').at(-1) ?? fileType;

const FIRST: readonly Column<PublicDocument>[] = [
  { title: 'STATUS', cell: ({ status }) => status.padEnd(WIDTH.status) },
  { title: 'SIZE', cell: ({ fileSize }) => bytes(fileSize).padStart(WIDTH.size), align: 'right' },
  { title: 'UPLOADED', cell: ({ uploadDate }) => when(uploadDate) },
];
const LONG: readonly Column<PublicDocument>[] = [
  { title: 'TYPE', cell: ({ fileType }) => harmless(shortType(fileType)).padEnd(WIDTH.type) },
  { title: 'ID', cell: ({ documentId }) => documentId },
];
const NAME: Column<PublicDocument> = {
  title: 'NAME',
  cell: ({ fileName }) => harmless(fileName),
  shrinksTo: NAME_AT_LEAST,
};

/** A page of documents. @param titles whether it is the first one */
export const printDocuments = (
  out: Output,
  documents: readonly PublicDocument[],
  { titles, long }: { titles: boolean; long: boolean },
): void => {
  const [first = '', ...rows] = table([...FIRST, ...(long ? LONG : []), NAME], documents, out.tableColumns);
  if (titles) out.line(out.paint('bold', first));
  for (const row of rows) out.line(row);
};

const DONE = { true: 'done', false: 'not yet' } as const;
const said = (is: boolean): string => DONE[`${is}`];

/** Nothing of one that is being uploaded can be done yet. */
const stepsOf = ({ status, processingStatus: steps }: PublicDocument): (readonly [string, string])[] =>
  status === 'uploading'
    ? [['next', 'add the same file again if its upload was broken off: it goes on; after a day it is given up']]
    : [
        ['extracted', said(steps.textExtracted)],
        ['embedded', said(steps.vectorsGenerated)],
        ['indexed', said(steps.indexed)],
      ];

const factsOf = (document: PublicDocument): (readonly [string, string | undefined])[] => {
  const { processingStatus: steps, metadata } = document;
  return [
    ['id', document.documentId],
    ['status', document.status],
    ['error', steps.errorMessage],
    ['type', document.fileType],
    ['size', bytes(document.fileSize)],
    ['uploaded', when(document.uploadDate)],
    ['changed', when(document.updatedAt)],
    ...stepsOf(document),
    ['title', metadata.title],
    ['description', metadata.description],
    ['tags', metadata.tags.length > 0 ? metadata.tags.join(', ') : undefined],
    ['language', metadata.language],
    ['pages', metadata.pageCount?.toLocaleString('en')],
    ['words', metadata.wordCount?.toLocaleString('en')],
  ];
};

const FACT_COLUMNS = 13;

/** All that people want to know of one document. */
export const printDocument = (out: Output, document: PublicDocument): void => {
  out.line(out.paint('bold', harmless(document.fileName)));
  for (const [name, value] of factsOf(document)) {
    if (value === undefined) continue;
    const [first = '', ...rest] = wrap(harmless(value), out.columns - FACT_COLUMNS);
    out.line(`  ${name.padEnd(FACT_COLUMNS - 2)}${first}`);
    for (const line of rest) out.line(`${' '.repeat(FACT_COLUMNS)}${line}`);
  }
};

const QUEUE_COLUMNS: readonly Column<QueueState>[] = [
  { title: 'STAGE', cell: ({ stage }) => stage },
  { title: 'WAITING', cell: ({ visible, delayed }) => String(visible + delayed), align: 'right' },
  { title: 'IN WORK', cell: ({ inFlight }) => String(inFlight), align: 'right' },
  { title: 'OLDEST', cell: ({ oldestSeconds }) => (oldestSeconds > 0 ? duration(oldestSeconds) : '-'), align: 'right' },
  { title: 'DEAD LETTERS', cell: ({ deadLetters }) => String(deadLetters), align: 'right' },
];

export const printQueues = (out: Output, queues: readonly QueueState[]): void => {
  const [titles = '', ...rows] = table(QUEUE_COLUMNS, queues, out.tableColumns);
  out.line(out.paint('bold', titles));
  for (const row of rows) out.line(row);
};
