import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { MODEL_DIR } from '../../../support/home.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const MINILM = new URL('../../../../common/adapters/embedded/minilm/minilm.ts', import.meta.url);
const EMBED = `
import { openMiniLm } from '${MINILM}';
await using embedder = await openMiniLm({ folder: ${JSON.stringify(MODEL_DIR)}, threads: 1 });
await embedder.embedQuery('nobody need know');
`;

describe('the model', () => {
  it('reports to nobody: its runtime leaves neither a cache nor an identifier behind', async () => {
    await using home = await temporaryFolder();
    const env = { HOME: home.path, TMPDIR: home.path, XDG_CACHE_HOME: home.path, PATH: process.env['PATH'] };
    execFileSync(process.execPath, ['--input-type=module', '--eval', EMBED], { env });
    assert.deepEqual(readdirSync(home.path), []);
  });
});
