import assert from 'node:assert/strict';
import { printDocument, printDocuments } from '../../../../../api/cli/show/documents.ts';
import { printOverview } from '../../../../../api/cli/show/overview.ts';
import { aPublicDocument } from '../support/documents.ts';
import { keptOutput } from '../support/output.ts';

const NONE = { documents: [], more: false };
const some = (...documents: ReturnType<typeof aPublicDocument>[]) => ({ documents, more: false });

describe('documents on a terminal', () => {
  it('are a table', () => {
    const { out, text } = keptOutput();
    const documents = [aPublicDocument(), aPublicDocument({ fileName: 'b.pdf', fileSize: 2_000_000, status: 'error' })];
    printDocuments(out, documents, { titles: true, long: false });
    const [titles, ...rows] = text().split('\n');
    assert.equal(titles, 'STATUS         SIZE  UPLOADED          NAME');
    assert.match(rows[0] ?? '', /^ready {7} 1\.2 KB {2}2026-11-2\d \d\d:\d3 {2}docs\/guide\.md$/);
    assert.match(rows[1] ?? '', /^error {7} 2\.0 MB .* b\.pdf$/);
  });

  it('are a table with type and id where that is asked for', () => {
    const { out, text } = keptOutput({ columns: 120 });
    const document = aPublicDocument();
    printDocuments(out, [document], { titles: false, long: true });
    assert.ok(text().endsWith(`  markdown  ${document.documentId}  docs/guide.md\n`));
  });

  it('tell why one has failed', () => {
    const { out, text } = keptOutput();
    const steps = { textExtracted: true, errorMessage: 'The PDF is encrypted; upload an unlocked copy.' };
    printDocument(out, aPublicDocument({ status: 'error', steps }));
    assert.match(text(), /^ {2}error +The PDF is encrypted; upload an unlocked copy\.$/m);
    assert.match(text(), /^ {2}extracted +done$/m);
    assert.match(text(), /^ {2}indexed +not yet$/m);
  });
});

describe('the overview', () => {
  it('is short when all is well', () => {
    const { out, text } = keptOutput();
    printOverview(out, { uploading: NONE, processing: NONE, error: NONE });
    assert.equal(text(), 'All documents are ready.\n');
  });

  it('tells the step of what is under way, and why others have failed', () => {
    const { out, text } = keptOutput();
    printOverview(out, {
      uploading: NONE,
      processing: {
        documents: [
          aPublicDocument({ status: 'processing' }),
          aPublicDocument({ status: 'processing', steps: { textExtracted: true } }),
        ],
        more: true,
      },
      error: some(aPublicDocument({ fileName: 'bad.pdf', status: 'error', steps: { errorMessage: 'It is damaged.' } })),
    });
    assert.match(text(), /^2 or more documents are being processed\n/);
    assert.match(text(), /extracting .*\n.* embedding /);
    assert.match(text(), /\n1 document has failed\n {2}bad\.pdf\n {4}It is damaged\.\n$/);
  });

  it('tells what is being uploaded, and what to do where that was broken off', () => {
    const { out, text } = keptOutput();
    const uploading = some(aPublicDocument({ fileName: 'big.pdf', fileSize: 20_000_000, status: 'uploading' }));
    printOverview(out, { uploading, processing: NONE, error: NONE });
    assert.match(text(), /^1 document is being uploaded\n {2}NAME .*\n {2}big\.pdf +20\.0 MB {2}2026-11-2/);
    assert.match(text(), /add the same file again/);
  });

  it('has the queues for an administrator', () => {
    const { out, text } = keptOutput();
    const queue = { visible: 2, delayed: 1, inFlight: 1, oldestSeconds: 61, deadLetters: 4 };
    const queues = [{ stage: 'embed' as const, ...queue }];
    printOverview(out, { uploading: NONE, processing: NONE, error: NONE, queues });
    assert.match(text(), /STAGE +WAITING +IN WORK +OLDEST +DEAD LETTERS\nembed +3 +1 +1 min 1 s +4\n$/);
  });
});
