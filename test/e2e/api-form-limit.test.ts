import assert from 'node:assert/strict';
import { formOf, temporaryApi } from '../support/api.ts';

const MAX_FORM_BYTES = '100000';

describe('a file that is too large for a form, and not for us', () => {
  it('is refused with the address that takes it, before its bytes and within them', async () => {
    await using api = await temporaryApi({ env: { MAX_FORM_BYTES } });
    const { token } = await api.person();
    for (const size of [100_001, 5_000_000]) {
      const form = formOf('large.txt', 'x'.repeat(size));
      const { status, body } = await api.call('POST /v1/documents', { token, form });
      assert.deepEqual([status, body.code], [413, 'too_large']);
      assert.match(body.detail, /100,000 bytes at most; send it by \/v1\/documents\/uploads/);
    }
  });

  it('is taken when it just fits', async () => {
    await using api = await temporaryApi({ env: { MAX_FORM_BYTES } });
    await api.upload(await api.person(), 'fits.txt', 'x'.repeat(100_000));
  });
});
