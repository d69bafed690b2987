import assert from 'node:assert/strict';
import { MINIO } from '../../../support/servers/minio.ts';
import { mochaArguments } from '../../../support/servers/mocha-arguments.ts';
import { MOTO } from '../../../support/servers/moto.ts';
import { OPENSEARCH } from '../../../support/servers/opensearch.ts';
import { isGiven } from '../../../support/servers/server-kind.ts';

describe('a test server', () => {
  it('is not started when its address is given, or the one of all AWS services', () => {
    assert.equal(isGiven(MINIO, { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' }), true);
    assert.equal(isGiven(MINIO, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }), true);
    assert.equal(isGiven(MINIO, { AWS_ENDPOINT_URL_S3: '' }), false);
    assert.equal(isGiven(OPENSEARCH, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }), false);
  });

  it('is started when only one of its services is given', () => {
    assert.equal(isGiven(MOTO, { AWS_ENDPOINT_URL_CLOUDWATCH: 'http://127.0.0.1:1' }), false);
  });
});

describe('npm run test:aws', () => {
  it('runs all tests that need servers, or the files that are named alone', () => {
    const config = ['--config', '.mocharc.aws.json'];
    assert.deepEqual(mochaArguments(['-g', 'word']), [...config, '-g', 'word', 'test/**/*.aws.test.ts']);
    assert.deepEqual(mochaArguments(['test/a.aws.test.ts']), [...config, 'test/a.aws.test.ts']);
  });
});
