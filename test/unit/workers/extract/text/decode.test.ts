import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decoded } from '../../../../../workers/extract/text/decode.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

describe('decoded', () => {
  it('takes UTF-8 as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (drawn) => {
        const text = `x${drawn.replaceAll('\0', '').replace(/\p{Cc}/gu, ' ')}`;
        assert.deepEqual(await decoded(Buffer.from(text)), { text, verbatim: true });
      }),
    );
  });

  it('goes by a byte order mark, and leaves it out', async () => {
    for (const start of ['efbbbf61c3a4', 'fffe6100e400', 'feff006100e4']) {
      assert.deepEqual(await decoded(bytes(start)), { text: 'aä', verbatim: false });
    }
  });

  for (const [charset, hex, text] of [
    ['Shift JIS', '96bc914f2c944e97ee0a8db293a191be98592c33300a', '名前,年齢\n佐藤太郎,30\n'],
    ['GB 18030', 'c9cfb4abb5c4cec4b5b5b7d6bcb8b8f6b2bdd6e8b4a6c0eda1a3', '上传的文档分几个步骤处理。'],
    [
      'windows-1251',
      'cee1f0e0e1eef2eae020e7e0e3f0f3e6e5ededfbf520e4eeeaf3ece5edf2eee2',
      'Обработка загруженных документов',
    ],
    ['windows-1252', '4772f6df656e2096617566203520802093454594', 'Größen –auf 5 € “EE”'],
    ['Latin-1, a single letter of it', '636166e9', 'café'],
  ] as const) {
    it(`recognises ${charset}`, async () => {
      assert.equal((await decoded(bytes(hex))).text, text);
    });
  }

  it('replaces a NUL by a character of the same length', async () => {
    const late = `${'a'.repeat(10_000)}\0b`;
    assert.deepEqual(await decoded(Buffer.from(late)), { text: late.replace('\0', '\ufffd'), verbatim: false });
  });

  it('refuses binary data, and says what can be read', async () => {
    const noise = Buffer.from(Array.from({ length: 1000 }, (_, at) => (at * 7919) % 256));
    await assert.rejects(decoded(noise), { code: 'unsupported', message: /binary data.*upload it as one of these/ });
    await assert.rejects(decoded(Buffer.from('{\\rtf1 x}')), { code: 'unsupported', message: /save it as DOCX/ });
    await assert.rejects(decoded(Buffer.from('%PDF-1.7')), { code: 'unsupported', message: /name it \.pdf/ });
  });
});
