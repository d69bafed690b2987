import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { CHUNKS_PER_BATCH, type TextChunk } from '../../../../../common/domain/chunk.ts';
import type { Extraction, Extractor } from '../../../../../common/ports/extractor.ts';
import { childProcessExtractor } from '../../../../../workers/extract/sandbox/extractor.ts';
import type { Limits } from '../../../../../workers/extract/sandbox/limits.ts';
import { broken, textOf } from '../../../../support/bytes.ts';
import { docxOf, paragraph } from '../../../../support/docx.ts';
import { linesAt, pdfOf } from '../../../../support/pdf.ts';
import { temporaryFolder } from '../../../../support/temporary.ts';

const NEVER = new AbortController().signal;

const sandbox = async (limits: Partial<Limits> = {}) => {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryFolder());
  const extractor = stack.use(childProcessExtractor({ folder: `${path}/work`, limits }));
  const owned = stack.move();
  return { folder: `${path}/work`, extractor, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

async function* inParts(file: Uint8Array | string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(file);
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
}

const extracted = (extractor: Extractor, file: Uint8Array | string, extension = 'txt', signal = NEVER) =>
  extractor.extract({ extension, fileName: `file.${extension}`, body: inParts(file) }, signal);

const batchesOf = async (extraction: Extraction): Promise<TextChunk[][]> => {
  const batches: TextChunk[][] = [];
  for await (const batch of extraction.batches()) batches.push(batch);
  return batches;
};

describe('childProcessExtractor', function () {
  this.timeout(30_000);

  it('gives text, chunks and findings, and leaves nothing behind', async () => {
    await using home = await sandbox();
    const file = '# A title\n\nApples are not what pears seem to be.\n';
    {
      await using extraction = await extracted(home.extractor, file, 'md');
      assert.equal(await textOf(extraction.text()), file);
      const batches = await batchesOf(extraction);
      const content = file.trimEnd();
      const metadata = { section: 'A title', wordCount: 10, charCount: content.length };
      assert.deepEqual(batches, [
        [{ chunkIndex: 0, content, startPosition: 0, endPosition: content.length, metadata }],
      ]);
      assert.deepEqual(extraction.findings, {
        sha256: createHash('sha256').update(file).digest('hex'),
        md5: createHash('md5').update(file).digest('hex'),
        textLength: file.length,
        chunkCount: 1,
        wordCount: 10,
        title: 'A title',
        language: 'en',
        preview: file,
        keywords: ['title', 'Apples', 'pears'],
      });
    }
    assert.deepEqual(await readdir(home.folder), []);
  });

  it('gives full batches in order, and text that is not stored as UTF-8', async () => {
    await using home = await sandbox();
    const text = Array.from(
      { length: 2000 },
      (_, at) => `Line ${at} \u2028 tells about “thing” ${at} and 漢字😀.`,
    ).join('\n');
    await using extraction = await extracted(home.extractor, Buffer.from(`\ufeff${text}`, 'utf16le'));
    assert.equal(await textOf(extraction.text()), text);
    const batches = await batchesOf(extraction);
    assert.ok(batches.slice(0, -1).every((batch) => batch.length === CHUNKS_PER_BATCH));
    const chunks = batches.flat();
    assert.equal(chunks.length, extraction.findings.chunkCount);
    for (const [at, { chunkIndex, content, startPosition, endPosition }] of chunks.entries()) {
      assert.equal(chunkIndex, at);
      assert.equal(content, text.slice(startPosition, endPosition));
    }
  });

  it('takes an empty file of any format for an empty text', async () => {
    await using home = await sandbox();
    for (const extension of ['txt', 'pdf', 'docx']) {
      await using extraction = await extracted(home.extractor, '', extension);
      assert.deepEqual([await textOf(extraction.text()), await batchesOf(extraction)], ['', []]);
    }
  });

  it('tells the owner what is wrong with a file, and goes on with the next', async () => {
    await using home = await sandbox();
    const { extractor, folder } = home;
    const pdf = pdfOf([linesAt(72, ['Hello.'])]);
    const docx = docxOf(paragraph('Hello.'));
    const damaged = (format: string) => ({
      code: 'unreadable',
      message: new RegExp(`as ${format}: it seems to be damaged`),
    });
    await assert.rejects(extracted(extractor, pdf.subarray(0, 300), 'pdf'), damaged('PDF'));
    await assert.rejects(extracted(extractor, docx.subarray(0, 300), 'docx'), damaged('DOCX'));
    await assert.rejects(extracted(extractor, 'no zip', 'docx'), damaged('DOCX'));
    await assert.rejects(extracted(extractor, Buffer.alloc(2000), 'txt'), { code: 'unsupported' });
    await using extraction = await extracted(extractor, pdf, 'pdf');
    assert.equal(await textOf(extraction.text()), 'Hello.');
    assert.equal((await readdir(folder)).length, 1);
  });

  it('stops a file that takes too long', async () => {
    await using home = await sandbox({ seconds: 1, secondsPerMegabyte: 0 });
    const endless = pdfOf([[]], { nested: { width: 2, depth: 40 } });
    const message = 'The file could not be read within 1 seconds. Split it into smaller files and upload those.';
    await assert.rejects(extracted(home.extractor, endless, 'pdf'), { code: 'unreadable', message });
    await using extraction = await extracted(home.extractor, 'still here');
    assert.equal(extraction.findings.wordCount, 2);
  });

  it('stops a file that takes too much memory', async () => {
    await using home = await sandbox({ memoryBytes: 96 * 1024 * 1024 });
    const bomb = docxOf(paragraph('word').repeat(300_000));
    assert.ok(bomb.length < 200_000);
    const message = 'The file could not be read within 96 MB of memory. Split it into smaller files and upload those.';
    await assert.rejects(extracted(home.extractor, bomb, 'docx'), { code: 'unreadable', message });
    await using extraction = await extracted(home.extractor, 'still here');
    assert.equal(extraction.findings.wordCount, 2);
  });

  it('stops when it is told to', async () => {
    await using home = await sandbox();
    const stop = new AbortController();
    const endless = pdfOf([[]], { nested: { width: 2, depth: 40 } });
    const extraction = extracted(home.extractor, endless, 'pdf', stop.signal);
    stop.abort(new Error('lease lost'));
    await assert.rejects(extraction, { message: 'lease lost' });
    assert.deepEqual(await readdir(home.folder), []);
  });

  it('throws what the body throws', async () => {
    await using home = await sandbox();
    const source = { extension: 'txt', fileName: 'a.txt', body: broken('half') };
    await assert.rejects(home.extractor.extract(source, NEVER), { message: 'the connection was lost' });
    assert.deepEqual(await readdir(home.folder), []);
  });
});
