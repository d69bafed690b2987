import assert from 'node:assert/strict';
import { fromJson, json } from '../../../../common/runtime/json.ts';
import { bytes } from '../../../support/bytes.ts';

describe('json', () => {
  it('is read back as it was written', async () => {
    const value = { text: 'grün 😀 "\n\u2028', list: [1.5, null, { a: [] }] };
    assert.deepEqual(await fromJson(json(value)), value);
  });

  it('is read whatever parts it comes in, cut within a letter too', async () => {
    const whole = Buffer.from('{"text":"grün 😀"}');
    const parts = Array.from(whole, (byte) => Uint8Array.of(byte));
    assert.deepEqual(await fromJson(bytes(...parts)), { text: 'grün 😀' });
  });
});
