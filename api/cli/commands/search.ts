import { SEARCH_MODES } from '../../../common/domain/search.ts';
import { command, oneOf, wholeNumber } from '../command.ts';
import { EXIT } from '../exit.ts';
import { filtersOf, NARROWING } from '../find.ts';
import { printPassages } from '../show/passages.ts';

const DEFAULT_LIMIT = 10;
const MOST = 100;

export const search = command({
  summary: 'Find passages by meaning and by words',
  operands: '<words...>',
  count: [1, Number.POSITIVE_INFINITY],
  options: {
    limit: {
      type: 'string',
      short: 'n',
      value: 'N',
      help: `at most so many passages, up to ${MOST} (${DEFAULT_LIMIT})`,
    },
    mode: {
      type: 'string',
      short: 'm',
      value: 'MODE',
      help: 'hybrid (default), semantic: by meaning, keyword: by words',
    },
    ...NARROWING,
  },
  about: [
    'Each passage comes with its file, page or section, and where it stands in the extracted text.',
    'Exit code 5 when nothing was found.',
  ],
  examples: [
    ['search how do I rotate the signing key', 'no quotes needed'],
    ['search --mode keyword getUserById', 'also finds "get user by id"'],
    ['search --json -n 3 retry policy | jq -r ".results[].fileName"', 'for a script'],
  ],
  async run({ limit, mode, ...narrowing }, words, { client, out, signal }) {
    const query = words.join(' ');
    const found = await client.search(
      {
        query,
        mode: oneOf(mode, SEARCH_MODES, '--mode'),
        limit: wholeNumber(limit, { name: '--limit', from: 1, to: MOST, otherwise: DEFAULT_LIMIT }),
        filters: await filtersOf(client, narrowing, signal),
      },
      signal,
    );
    out.value(found);
    printPassages(out, found.results, query);
    if (found.results.length > 0) return EXIT.done;
    out.note('Nothing found.');
    return EXIT.nothing;
  },
});
