import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../../../common/config.ts';
import { configurationPage } from '../../support/configuration-page.ts';

const AWS_HOME = {
  ASSISTANT_HOME: 'aws',
  AWS_REGION: 'eu-central-1',
  DOCUMENTS_BUCKET: 'documents',
  OPENSEARCH_URL: 'https://search.example.org',
  COGNITO_USER_POOL_ID: 'eu-central-1_pool',
  COGNITO_CLIENT_ID: 'client',
};

describe('the configuration', () => {
  it('is the embedded home on this machine when nothing is set', () => {
    const config = readConfig({});
    assert.deepEqual([config.ASSISTANT_HOME, config.PORT, config.HOST], ['embedded', 3000, '127.0.0.1']);
  });

  it('takes an empty variable for an absent one', () => {
    assert.equal(readConfig({ PORT: '', ASSISTANT_HOME: '' }).PORT, 3000);
  });

  it('names every variable that is wrong, at once', () => {
    const wrong = { ASSISTANT_HOME: 'aws', PORT: 'x', OPENSEARCH_URL: 'search', BUCKET_ENCRYPTION: 'rot13' };
    const names = ['PORT', 'AWS_REGION', 'DOCUMENTS_BUCKET', 'BUCKET_ENCRYPTION', 'OPENSEARCH_URL'];
    assert.throws(
      () => readConfig(wrong),
      ({ code, message }: { code: string; message: string }) =>
        code === 'invalid' && [...names, 'COGNITO_USER_POOL_ID'].every((name) => message.includes(name)),
    );
  });

  it('shows no secret in its complaint', () => {
    assert.throws(
      () => readConfig({ ...AWS_HOME, LOGIN_STATE_SECRET: 'hunter2' }),
      ({ message }: Error) => message.includes('LOGIN_STATE_SECRET') && !message.includes('hunter2'),
    );
  });

  it('needs six variables in the aws home', () => {
    assert.equal(readConfig(AWS_HOME).ASSISTANT_HOME, 'aws');
    for (const name of Object.keys(AWS_HOME).slice(1)) {
      assert.throws(() => readConfig({ ...AWS_HOME, [name]: undefined }), new RegExp(name));
    }
  });

  it('is written down in CONFIGURATION.md as it is; `npm run configuration` writes it', async () => {
    const page = await readFile(join(import.meta.dirname, '..', '..', '..', 'CONFIGURATION.md'), 'utf8');
    assert.equal(page, configurationPage());
  });
});
