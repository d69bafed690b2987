import assert from 'node:assert/strict';
import { embeddingsKey } from '../../../../common/domain/keys.ts';
import type { Ports } from '../../../../common/ports/ports.ts';
import { textHashOf } from '../../../../workers/embed/text-hash.ts';
import { bytes, textOf } from '../../../support/bytes.ts';
import { aDocument } from '../../../support/documents.ts';
import { assertErased, assertWhole, atRest } from '../../../support/oracle.ts';
import { prose } from '../../../support/prose.ts';
import { uploaded } from '../../../support/uploads.ts';
import { countingHome } from './home.ts';

/** 5 chunks or so. */
const TEXT = prose(50);
/** As long: so only the chunk that it stands in changes. */
const EDITED = TEXT.replace('In part 1.20 ', 'IN PART 1.20 ');

const sumOf = (seen: readonly { name: string }[], field: 'made' | 'reused'): number =>
  seen.reduce((sum, sight) => sum + (sight.name === 'vectors.ready' ? (sight as never)[field] : 0), 0);

describe('a vector that was paid for', function () {
  this.timeout(60_000);

  it('is not made again for the same file a second time', async () => {
    await using home = await countingHome();
    const first = await home.upload(TEXT);
    const paid = await home.paidFor(() => home.upload(TEXT));
    assert.deepEqual(paid, []);
    const { chunkCount = 0 } = await home.ports.documents.get(first);
    assert.deepEqual([sumOf(home.seen, 'made'), sumOf(home.seen, 'reused')], [chunkCount, chunkCount]);
    await assertWhole(home.ports, 'ada');
  });

  it('is not made again for the same file in another folder', async () => {
    await using home = await countingHome();
    await home.upload(TEXT, { fileName: 'pumps/manual.txt' });
    assert.deepEqual(await home.paidFor(() => home.upload(TEXT, { fileName: 'valves/old/manual.txt' })), []);
    await assertWhole(home.ports, 'ada');
  });

  it('is not made again when another paragraph is edited', async () => {
    await using home = await countingHome();
    const document = await home.upload(TEXT);
    const paid = await home.paidFor(() => home.replace(document, EDITED));
    assert.equal(paid.length, 1);
    assert.match(paid[0] ?? '', /IN PART 1\.20 /);
    await assertWhole(home.ports, 'ada');
    assert.deepEqual(
      await home.paidFor(() => home.replace(document, EDITED)),
      [],
      'the pointers lead to what is served',
    );
    assert.equal((await home.paidFor(() => home.replace(document, TEXT))).length, 1, 'what was replaced is forgotten');
    await assertWhole(home.ports, 'ada');
  });

  it('is the same vector', async () => {
    await using home = await countingHome();
    const [one, other] = [await home.upload(TEXT), await home.upload(TEXT)];
    const vectors = async (document: typeof one): Promise<string> => {
      const { body } = await home.ports.blobs.get(embeddingsKey(document));
      return JSON.parse(await textOf(body)).vectors;
    };
    assert.deepEqual(await vectors(other), await vectors(one));
  });

  it('is made for another user', async () => {
    await using home = await countingHome();
    await home.upload(TEXT);
    const paid = await home.paidFor(() => home.upload(TEXT, { userId: 'bob' }));
    assert.ok(paid.length > 3);
    assert.deepEqual(await home.paidFor(() => home.upload(TEXT, { userId: 'bob' })), []);
  });

  it('outlives the deletion of the document that it was made for, in the other one', async () => {
    await using home = await countingHome();
    const first = await home.upload(TEXT);
    const second = await home.upload(TEXT);
    await home.remove(first);
    await assertErased(home.ports, first);
    await assertWhole(home.ports, 'ada');
    assert.deepEqual(new Set(await home.hits('the pump holds a valve')), new Set([second.documentId]));
  });

  it('is made again where it has gone, or its file is damaged', async () => {
    await using home = await countingHome();
    const { blobs } = home.ports;
    const first = await home.upload(TEXT);
    await blobs.put(embeddingsKey(first), bytes('{}'));
    const again = await home.paidFor(() => home.upload(TEXT));
    assert.ok(again.length > 3);
    assert.deepEqual(await home.paidFor(() => home.upload(TEXT)), [], 'the pointers lead to the new one');
  });

  it('is made again for another name, of which the model is told', async () => {
    await using home = await countingHome();
    await home.upload(TEXT);
    const paid = await home.paidFor(() => home.upload(TEXT, { fileName: 'guide.txt' }));
    assert.ok(paid.length > 3 && paid.every((text) => text.startsWith('guide.txt\n')));
  });

  it('is made again by another model', async () => {
    const named = { model: 'a model' };
    const renamed = (ports: Ports): Ports => {
      const { embedder } = ports;
      return { ...ports, embedder: Object.defineProperty({ ...embedder }, 'model', { get: () => named.model }) };
    };
    await using home = await countingHome(renamed);
    await home.upload(TEXT);
    named.model = 'another';
    assert.ok((await home.paidFor(() => home.upload(TEXT))).length > 3);
    named.model = 'a model';
    assert.deepEqual(await home.paidFor(() => home.upload(TEXT)), []);
  });

  it('is made once for copies that come at the same time', async () => {
    await using home = await countingHome();
    const paid = await home.paidFor(async () => {
      for (let copies = 0; copies < 4; copies += 1) await uploaded(home.ports, TEXT);
      await atRest(home.ports, 'ada');
    });
    assert.equal(new Set(paid).size, paid.length);
    await assertWhole(home.ports, 'ada');
  });

  it('is made once for a paragraph that a document repeats', async () => {
    await using home = await countingHome();
    const page = `${prose(14).trim()}\n\n`; // a chunk of its own
    const paid = await home.paidFor(() => home.upload(page.repeat(200)));
    assert.equal(new Set(paid).size, paid.length);
    assert.ok(paid.length < 20, `${paid.length} texts`);
    await assertWhole(home.ports, 'ada');
  });
});

describe('the pointers of a document', function () {
  this.timeout(60_000);

  it('go with it', async () => {
    await using home = await countingHome();
    const { embedder, pointers } = home.ports;
    const known = (texts: readonly string[]) =>
      pointers.find(
        'ada',
        texts.map((text) => textHashOf(embedder, text)),
      );
    let document = aDocument();
    const texts = await home.paidFor(async () => {
      document = await home.upload(TEXT);
    });
    texts.push(...(await home.paidFor(() => home.replace(document, EDITED))));
    assert.equal((await known(texts)).length, texts.length - 1, 'all but what was replaced');
    await home.remove(document);
    assert.deepEqual(await known(texts), []);
  });

  it('lead to the newest that has the text, so that the deletion of an older one takes none away', async () => {
    await using home = await countingHome();
    const first = await home.upload(TEXT);
    await home.upload(TEXT);
    await home.remove(first);
    assert.deepEqual(await home.paidFor(() => home.upload(TEXT)), []);
  });
});
