import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Busboy } from '@fastify/busboy';
import { multipart } from '../../../../../api/cli/client/multipart.ts';

const fileOf = (fileName: string, content: string) => ({
  fileName,
  size: Buffer.byteLength(content),
  async *read() {
    yield Buffer.from(content);
  },
});

/** What a server reads from the form. */
const received = async (form: ReturnType<typeof multipart>) => {
  const parser = Busboy({ headers: { 'content-type': form.headers['Content-Type'] }, preservePath: true });
  const fields: [string, string][] = [];
  let file: { name: string; fileName: string; content: string } | undefined;
  let bytes = 0;
  parser.on('field', (name, value) => fields.push([name, value]));
  parser.on('file', async (name, stream, fileName) => {
    file = { name, fileName, content: '' };
    for await (const piece of stream) file.content += String(piece);
  });
  const body = form.open();
  body.on('data', (piece: Buffer) => {
    bytes += piece.length;
  });
  await once(body.pipe(parser), 'finish');
  return { fields, file, bytes };
};

describe('a form with a file', () => {
  it('arrives as it was', async () => {
    const form = multipart(fileOf('docs/guide.md', '# Grüße\r\n'), [
      ['tags', 'one'],
      ['tags', 'two'],
    ]);
    const { fields, file } = await received(form);
    assert.deepEqual(fields, [
      ['tags', 'one'],
      ['tags', 'two'],
    ]);
    assert.deepEqual(file, { name: 'file', fileName: 'docs/guide.md', content: '# Grüße\r\n' });
  });

  it('has exactly the length that it announces', async () => {
    const form = multipart(fileOf('日本語.txt', 'x'.repeat(100_000)), [['tags', 'grün']]);
    assert.equal((await received(form)).bytes, form.headers['Content-Length']);
  });

  for (const fileName of ['a "quoted" name.md', 'back\\slash.md', 'semi;colon=x.md', 'émoji 👋.md', "it's%22.md"]) {
    it(`keeps the name ${fileName}`, async () => {
      assert.equal((await received(multipart(fileOf(fileName, 'x')))).file?.fileName, fileName);
    });
  }

  it('can be sent again from the start', async () => {
    const form = multipart(fileOf('a.md', 'again'));
    await received(form);
    assert.equal((await received(form)).file?.content, 'again');
  });
});
