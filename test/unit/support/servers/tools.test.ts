import assert from 'node:assert/strict';
import { javaRelease } from '../../../support/servers/java.ts';
import { missingTools } from '../../../support/servers/tools.ts';

const OPENSEARCH = { server: 'OpenSearch', tools: ['mvn', 'java21'], variables: ['OPENSEARCH_URL'] } as const;
const MINIO = { server: 'MinIO', tools: ['go'], variables: ['AWS_ENDPOINT_URL_S3'] } as const;
const ELASTICMQ = { server: 'ElasticMQ', tools: ['mvn', 'java17'], variables: ['AWS_ENDPOINT_URL_SQS'] } as const;

describe('tools for the test servers', () => {
  it('are all named at once when they are missing, with how to get them and who needs them', () => {
    assert.equal(
      missingTools([OPENSEARCH, MINIO, ELASTICMQ], new Set(['java17'])),
      `The test servers cannot be started; this machine lacks:
  Java 21 or newer: install a JDK (temurin-21-jdk, openjdk-21-jdk), or name its folder in OPENSEARCH_JAVA_HOME (for OpenSearch)
  Maven: install maven (for OpenSearch and ElasticMQ)
  Go: install it from https://go.dev/dl (for MinIO)
Or use servers of your own: give their addresses in OPENSEARCH_URL, AWS_ENDPOINT_URL_SQS and AWS_ENDPOINT_URL_S3.`,
    );
  });

  it('are not spoken of when nothing is missing', () => {
    assert.equal(missingTools([MINIO], new Set(['go'])), undefined);
  });

  it('tell their release in old and new spelling', () => {
    assert.equal(javaRelease('IMPLEMENTOR="x"\nJAVA_VERSION="21.0.4"\n'), 21);
    assert.equal(javaRelease('JAVA_VERSION="1.8.0_392"'), 8);
    assert.equal(javaRelease(''), undefined);
  });
});
