import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Account, register } from '../support/account.ts';
import { type AwsFleet, openAwsFleet } from '../support/aws/fleet.ts';
import { bytes } from '../support/bytes.ts';
import { assertErased, assertWhole, atRest, documentsOf } from '../support/oracle.ts';
import { prose } from '../support/prose.ts';
import { until } from '../support/until.ts';

const PART = 5 * 1024 ** 2;
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('base64');

interface Begun {
  readonly uploadId: string;
  readonly documentId: string;
  readonly parts: readonly { partNumber: number; url: string; headers: Record<string, string> }[];
}

const begin = async (account: Account, fileName: string, parts: readonly Uint8Array[]): Promise<Begun> => {
  const fileSize = parts.reduce((sum, part) => sum + part.length, 0);
  const inParts = parts.length > 1 && { partSize: PART };
  const wanted = { fileName, fileSize, checksums: parts.map(sha256), ...inParts };
  const { status, body } = await account.send('POST', '/v1/documents/uploads', wanted);
  assert.equal(status, 201, JSON.stringify(body));
  return body as unknown as Begun;
};

const put = async ({ url, headers }: Begun['parts'][number], body: Uint8Array): Promise<void> => {
  const reply = await fetch(url, { method: 'PUT', headers, body: Buffer.from(body) });
  assert.equal(reply.status, 200, await reply.text());
};

const isReady = (account: Account, documentId: string) => async () => {
  const { body } = await account.send('GET', `/v1/documents/${documentId}`);
  assert.notEqual(body['status'], 'error', JSON.stringify(body));
  return body['status'] === 'ready';
};

describe('the aws home, with two API processes and two workers of each stage', function () {
  this.timeout(180_000);

  let fleet: AwsFleet;
  let account: Account;
  let other: Account;

  before(async () => {
    fleet = await openAwsFleet();
    const [first, second] = [await fleet.api(), await fleet.api()];
    for (const stage of ['extract', 'embed', 'index'] as const) {
      fleet.worker(stage);
      fleet.worker(stage);
    }
    account = await register(first.url);
    other = account.at(second.url);
  });
  after(() => fleet[Symbol.asyncDispose]());

  it('takes documents in at one API process, and finds and answers at the other', async () => {
    const documentId = await account.upload('pump.md', '# Venting\n\nThe pump is vented by the brass valve on top.');
    await account.upload('oven.md', '# Baking\n\nBread stays in the oven for one hour.');
    await until('the document to be ready', isReady(other, documentId));
    await until('the index to show it', async () => {
      const { body } = await other.send('POST', '/v1/search', { query: 'How is the pump vented?' });
      const [best] = body['results'] as unknown as { documentId: string }[];
      return best?.documentId === documentId;
    });
    const { body } = await other.send('POST', '/v1/answers', { question: 'How is the pump vented?' });
    const [citation] = body['citations'] as unknown as { documentId: string; snippet: string }[];
    assert.match(body['answer'] ?? '', /brass valve.*\[1\]/s);
    assert.equal(citation?.documentId, documentId);
    assert.match(citation.snippet, /brass valve/);
  });

  it('goes on by itself with a file that is sent to its presigned address', async () => {
    const content = Buffer.from('The gasket is made of cork.');
    const { documentId, parts } = await begin(account, 'gasket.txt', [content]);
    assert.ok(parts[0]);
    await put(parts[0], content);
    await until('the document to be ready', isReady(account, documentId));
  });

  it('goes on with a file in parts once they are put together', async () => {
    const text = Buffer.from(prose(90_000).slice(0, PART + 200_000));
    const pieces = [text.subarray(0, PART), text.subarray(PART)];
    const { uploadId, documentId, parts } = await begin(account, 'long.txt', pieces);
    for (const [n, part] of parts.entries()) await put(part, pieces[n] ?? Buffer.alloc(0));
    const { status, body } = await account.send('POST', `/v1/documents/uploads/${uploadId}/complete`);
    assert.equal(status, 202, JSON.stringify(body));
    await until('the document to be ready', isReady(account, documentId), 120);
  });

  it('adopts a file that somebody copies straight into place', async () => {
    const documentId = crypto.randomUUID();
    const key = `documents/${account.userId}/${documentId}/original.md`;
    await fleet.home.ports.blobs.put(key, bytes('# Copied\n\nThis came by another way.'));
    await until('the record', async () => (await account.send('GET', `/v1/documents/${documentId}`)).status === 200);
    await until('the document to be ready', isReady(account, documentId));
    const { body: receipt } = await account.send('DELETE', `/v1/documents/${documentId}`);
    await until('the receipt', async () => {
      const { body } = await other.send('GET', `/v1/deletions/${receipt['receiptId']}`);
      return body['status'] === 'completed';
    });
    await assertErased(fleet.home.ports, { userId: account.userId, documentId, generation: 1 });
  });

  it('comes to rest with exactly what it serves', async () => {
    await atRest(fleet.home.ports, account.userId);
    assert.equal((await documentsOf(fleet.home.ports, account.userId)).length, 4);
    await assertWhole(fleet.home.ports, account.userId);
  });
});
