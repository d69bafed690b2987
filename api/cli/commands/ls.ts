import { DOCUMENT_STATUSES } from '../../../common/domain/document.ts';
import { command, oneOf, wholeNumber } from '../command.ts';
import { EXIT } from '../exit.ts';
import { mediaTypeOf } from '../find.ts';
import { printDocuments } from '../show/documents.ts';

const PAGE = 100;
const DEFAULT_LIMIT = 50;

export const ls = command({
  summary: 'List your documents, newest first',
  operands: '',
  count: [0, 0],
  options: {
    status: { type: 'string', short: 's', value: 'STATUS', help: `only these: ${DOCUMENT_STATUSES.join(', ')}` },
    tag: { type: 'string', short: 't', value: 'TAG', help: 'only documents with this tag' },
    type: { type: 'string', value: 'TYPE', help: 'only files of this type: pdf, md, ... or a media type' },
    limit: { type: 'string', short: 'n', value: 'N', help: `at most so many (${DEFAULT_LIMIT})` },
    all: { type: 'boolean', short: 'a', help: 'all of them' },
    long: { type: 'boolean', short: 'l', help: 'with type and id' },
  },
  about: ['With --json each document is a line, as the REST API gives it. No document is no failure.'],
  examples: [
    ['ls --status error', 'what could not be processed'],
    ['ls --all --json | wc -l', 'how many there are'],
  ],
  async run({ status, tag, type, limit, all = false, long = false }, _operands, { client, out, signal }) {
    const most = wholeNumber(limit, { name: '--limit', from: 1, to: 1_000_000, otherwise: DEFAULT_LIMIT });
    const fileType = type === undefined ? undefined : mediaTypeOf(type);
    const query = { status: oneOf(status, DOCUMENT_STATUSES, '--status'), tag, fileType };
    let left = all ? Number.POSITIVE_INFINITY : most;
    let titles = true;
    let cursor: string | undefined;
    do {
      const page = await client.list({ ...query, limit: Math.min(PAGE, left), cursor }, signal);
      if (page.items.length > 0) printDocuments(out, page.items, { titles, long });
      for (const document of page.items) out.value(document);
      left -= page.items.length;
      titles = titles && page.items.length === 0;
      cursor = page.nextCursor;
    } while (cursor !== undefined && left > 0);
    if (titles) out.note('No documents.');
    else if (cursor !== undefined) out.note(`There are more: --all shows them, or --limit ${most * 2}.`);
    return EXIT.done;
  },
});
