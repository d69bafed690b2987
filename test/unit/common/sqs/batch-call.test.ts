import assert from 'node:assert/strict';
import { SQSServiceException } from '@aws-sdk/client-sqs';
import { callInBatch } from '../../../../common/adapters/aws/sqs/batch-call.ts';

interface Entry {
  readonly name: string;
}

const BUSY = { Code: 'InternalError', SenderFault: false };
const REFUSED = { Code: 'ReceiptHandleIsInvalid', SenderFault: true };

describe('a batch call of SQS', () => {
  it('is repeated for those entries alone that failed by no fault of theirs', async () => {
    const calls: string[][] = [];
    const errors = await callInBatch<Entry>([{ name: 'a' }, { name: 'b' }, { name: 'c' }], async (entries) => {
      calls.push(entries.map(({ name }) => name));
      if (calls.length > 1) return {};
      return { Failed: [{ Id: entries[1]?.Id, ...BUSY }] };
    });
    assert.deepEqual(calls, [['a', 'b', 'c'], ['b']]);
    assert.deepEqual(errors, [undefined, undefined, undefined]);
  });

  it('is not repeated for what SQS refuses', async () => {
    let calls = 0;
    const errors = await callInBatch<Entry>([{ name: 'a' }, { name: 'b' }], async (entries) => {
      calls += 1;
      return { Failed: [{ Id: entries[0]?.Id, ...REFUSED }] };
    });
    assert.equal(calls, 1);
    assert.deepEqual(
      errors.map((error) => error?.code),
      ['invalid', undefined],
    );
  });

  it('ends with unavailable or throttled where an entry goes on failing', async () => {
    const errors = await callInBatch<Entry>([{ name: 'a' }, { name: 'b' }], async (entries) => ({
      Failed: entries.map(({ Id, name }) => ({ ...BUSY, Id, ...(name === 'b' && { Code: 'RequestThrottled' }) })),
    }));
    assert.deepEqual(
      errors.map((error) => error?.code),
      ['unavailable', 'throttled'],
    );
  });

  it('throws what is wrong with the whole of it', async () => {
    const away = new SQSServiceException({ name: 'ServiceUnavailable', $fault: 'server', $metadata: {} });
    await assert.rejects(
      callInBatch<Entry>([{ name: 'a' }], () => Promise.reject(away)),
      { code: 'unavailable' },
    );
  });
});
