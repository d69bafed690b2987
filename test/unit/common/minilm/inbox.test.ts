import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import { openInbox } from '../../../../common/adapters/embedded/minilm/inbox.ts';
import { STOP } from '../../../../common/adapters/embedded/minilm/messages.ts';

const openPorts = () => {
  const { port1: near, port2: far } = new MessageChannel();
  return { near, far, [Symbol.dispose]: () => near.close() };
};

describe('openInbox', () => {
  it('hands out queries before the texts that came earlier', async () => {
    using ports = openPorts();
    const inbox = openInbox(ports.far);
    ports.near.postMessage({ id: 1, text: 'a text', isQuery: false });
    ports.near.postMessage({ id: 2, text: 'another text', isQuery: false });
    ports.near.postMessage({ id: 3, text: 'a query', isQuery: true });
    assert.deepEqual(
      [await inbox.next(), await inbox.next()].map((task) => task?.id),
      [3, 1],
    );
  });

  it('waits for the next task', async () => {
    using ports = openPorts();
    const next = openInbox(ports.far).next();
    ports.near.postMessage({ id: 1, text: 'a text', isQuery: false });
    assert.equal((await next)?.id, 1);
  });

  it('ends when it is told to, whatever is left', async () => {
    using ports = openPorts();
    const inbox = openInbox(ports.far);
    ports.near.postMessage({ id: 1, text: 'a text', isQuery: false });
    ports.near.postMessage(STOP);
    assert.equal(await inbox.next(), undefined);
  });
});
