import type { DocumentStatus, PublicDocument } from '../../../common/domain/document.ts';
import { codeOf } from '../../../common/domain/errors.ts';
import { type Context, command } from '../command.ts';
import { EXIT, type Exit } from '../exit.ts';
import { findDocuments } from '../find.ts';
import { printDocument } from '../show/documents.ts';
import { type Overview, printOverview } from '../show/overview.ts';

const SHOWN = 20;

const listOf = async ({ client, signal }: Context, status: DocumentStatus) => {
  const { items, nextCursor } = await client.list({ status, limit: SHOWN }, signal);
  return { documents: items, more: nextCursor !== undefined };
};

/** Only administrators may see the queues. */
const queuesOf = async ({ client, signal }: Context) => {
  try {
    return (await client.queues(signal)).queues;
  } catch (error) {
    if (codeOf(error) !== 'forbidden') throw error;
    return undefined;
  }
};

const overview = async (context: Context): Promise<Exit> => {
  const queues = await queuesOf(context);
  const found: Overview = {
    uploading: await listOf(context, 'uploading'),
    processing: await listOf(context, 'processing'),
    error: await listOf(context, 'error'),
    ...(queues && { queues }),
  };
  context.out.value(found);
  printOverview(context.out, found);
  return EXIT.done;
};

const details = ({ out }: Context, documents: readonly PublicDocument[]): Exit => {
  for (const [index, document] of documents.entries()) {
    if (index > 0) out.line();
    printDocument(out, document);
    out.value(document);
  }
  return documents.some(({ status }) => status === 'error') ? EXIT.failed : EXIT.done;
};

export const status = command({
  summary: 'See what is being processed and what has failed',
  operands: '[id or file name]',
  count: [0, 1],
  options: {},
  about: [
    'Without a name: the documents that are not ready, why some have failed, and for administrators the queues.',
    'With one: all about that document; exit code 1 when it has failed, 5 when there is none.',
  ],
  examples: [
    ['status', 'how far everything is'],
    ['status docs/guide.md', 'how far one document is'],
  ],
  run: async (_values, [word], context) =>
    word === undefined
      ? overview(context)
      : details(context, await findDocuments(context.client, word, context.signal)),
});
