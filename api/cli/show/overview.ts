import type { PublicDocument } from '../../../common/domain/document.ts';
import type { QueueState } from '../client/client.ts';
import { bytes, when } from '../terminal/figures.ts';
import type { Output } from '../terminal/output.ts';
import { type Column, table } from '../terminal/table.ts';
import { harmless, wrap } from '../terminal/text.ts';
import { printQueues } from './documents.ts';

export interface Some {
  readonly documents: readonly PublicDocument[];
  /** Whether there are more than these. */
  readonly more: boolean;
}

/** What is not ready. */
export interface Overview {
  readonly uploading: Some;
  readonly processing: Some;
  readonly error: Some;
  /** For administrators only. */
  readonly queues?: readonly QueueState[];
}

const NAME_AT_LEAST = 16;

const stepOf = ({ processingStatus: { textExtracted, vectorsGenerated } }: PublicDocument): string => {
  if (!textExtracted) return 'extracting';
  return vectorsGenerated ? 'indexing' : 'embedding';
};

const COLUMNS: readonly Column<PublicDocument>[] = [
  { title: 'NAME', cell: ({ fileName }) => harmless(fileName), shrinksTo: NAME_AT_LEAST },
  { title: 'STEP', cell: stepOf },
  { title: 'UPLOADED', cell: ({ uploadDate }) => when(uploadDate) },
];

const UPLOADING: readonly Column<PublicDocument>[] = [
  { title: 'NAME', cell: ({ fileName }) => harmless(fileName), shrinksTo: NAME_AT_LEAST },
  { title: 'SIZE', cell: ({ fileSize }) => bytes(fileSize), align: 'right' },
  { title: 'BEGUN', cell: ({ uploadDate }) => when(uploadDate) },
];
const BROKEN_OFF = 'Where an upload was broken off, add the same file again: it goes on. After a day it is given up.';

const counted = ({ documents, more }: Some, verb: readonly [string, string]): string => {
  const one = documents.length === 1 && !more;
  return `${documents.length}${more ? ' or more' : ''} document${one ? '' : 's'} ${one ? verb[0] : verb[1]}`;
};

/** From here nobody can tell one that goes on from one that was broken off. */
const printUploading = (out: Output, some: Some): void => {
  out.line(out.paint('bold', `${counted(some, ['is', 'are'])} being uploaded`));
  for (const line of table(UPLOADING, some.documents, out.tableColumns - 2)) out.line(`  ${line}`);
  for (const line of wrap(BROKEN_OFF, out.columns - 2)) out.line(`  ${line}`);
};

const printUnderWay = (out: Output, some: Some): void => {
  out.line(out.paint('bold', `${counted(some, ['is', 'are'])} being processed`));
  for (const line of table(COLUMNS, some.documents, out.tableColumns - 2)) out.line(`  ${line}`);
};

const printFailed = (out: Output, some: Some): void => {
  out.line(out.paint('bold', `${counted(some, ['has', 'have'])} failed`));
  for (const { fileName, processingStatus } of some.documents) {
    out.line(`  ${harmless(fileName)}`);
    const reason = harmless(processingStatus.errorMessage ?? 'No reason is known; add it again.');
    for (const line of wrap(reason, out.columns - 4)) out.line(`    ${line}`);
  }
};

export const printOverview = (out: Output, { uploading, processing, error, queues }: Overview): void => {
  if (uploading.documents.length > 0) printUploading(out, uploading);
  if (processing.documents.length > 0) printUnderWay(out, processing);
  if (error.documents.length > 0) printFailed(out, error);
  const notReady = [uploading, processing, error].some(({ documents }) => documents.length > 0);
  if (!notReady) out.line('All documents are ready.');
  if (queues === undefined) return;
  out.line();
  printQueues(out, queues);
};
