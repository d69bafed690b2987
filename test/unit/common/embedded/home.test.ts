import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded } from '../../../../common/adapters/embedded/home.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const open = async (DATA_DIR: string) => {
  await using opened = new AsyncDisposableStack();
  await openEmbedded({ DATA_DIR, EMBED_THREADS: 1 }, opened);
};

const refusal = { code: 'invalid', message: /^DATA_DIR \(.+\) cannot be written \(.+\): choose another folder\.$/ };

describe('openEmbedded', () => {
  it('says so when DATA_DIR is a file, or below one', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'file');
    writeFileSync(file, 'x');
    await assert.rejects(open(file), refusal);
    await assert.rejects(open(join(file, 'data')), refusal);
  });

  it('says so when DATA_DIR is there, and nothing can be made in it', async () => {
    await using folder = await temporaryFolder();
    mkdirSync(join(folder.path, 'blobs'));
    writeFileSync(join(folder.path, 'tmp'), 'x');
    await assert.rejects(open(folder.path), refusal);
  });

  it('says so when a database of DATA_DIR cannot be opened', async () => {
    await using folder = await temporaryFolder();
    mkdirSync(join(folder.path, 'records.db'));
    await assert.rejects(open(folder.path), { code: 'unavailable' });
  });
});
