import assert from 'node:assert/strict';
import type { Document } from '../../../../common/domain/document.ts';
import { newUser } from '../../../../common/domain/user.ts';
import type { Measurement } from '../../../../common/ports/metric-sink.ts';
import { keptDataQuality } from '../../../../common/runtime/kept-data-quality.ts';
import { dataQuality } from '../../../../workers/maintenance/data-quality.ts';
import { type TemporaryHome, temporaryHome } from '../../../support/home.ts';
import { stored } from '../../../support/uploads.ts';

const NOW = Date.now();
const ago = (seconds: number): string => new Date(NOW - seconds * 1_000).toISOString();
const readyAfter = (seconds: number, since = 3_600): Partial<Document> => ({
  status: 'ready',
  uploadDate: ago(since),
  readyAt: ago(since - seconds),
});

/** A home whose metrics are kept here. */
const watched = async () => {
  const home = await temporaryHome();
  const told: Measurement[] = [];
  const metrics = { put: async (measurements: readonly Measurement[]) => void told.push(...measurements) };
  return Object.assign(home, { told, ports: { ...home.ports, metrics } });
};

const withUser = async ({ ports }: TemporaryHome): Promise<void> => {
  const claims = { userId: 'ada', email: 'ada@example.org', firstName: 'Ada', lastName: 'Lovelace' };
  await ports.users.create(newUser({ ...claims, emailVerified: false, provider: 'LOCAL' }, ago(0)));
};

describe('dataQuality', () => {
  it('tells how many users, documents and errors there are, and how long processing took, in seconds', async () => {
    await using home = await watched();
    await withUser(home);
    for (const seconds of [10, 20, 30]) await stored(home.ports, 'text', readyAfter(seconds));
    await stored(home.ports, 'text', { status: 'error', uploadDate: ago(60) });
    await dataQuality(home.ports);
    const p95 = home.told.find(({ name }) => name === 'P95ProcessingTime')?.value ?? 0;
    assert.ok(Math.abs(p95 - 30) < 0.3);
    assert.deepEqual(
      home.told.filter(({ name }) => name !== 'P95ProcessingTime'),
      [
        { name: 'TotalUsers', value: 1, unit: 'Count' },
        { name: 'TotalDocuments', value: 4, unit: 'Count' },
        { name: 'ProcessingErrors', value: 1, unit: 'Count' },
        { name: 'AverageProcessingTime', value: 20, unit: 'Seconds' },
      ].map((measurement) => ({ ...measurement, unit: measurement.unit as Measurement['unit'] })),
    );
  });

  it('times a replaced document from its newest content on, and leaves out what became ready before this day', async () => {
    await using home = await watched();
    await stored(home.ports, 'text', { ...readyAfter(0, 7_200), begunAt: ago(7_205) });
    await stored(home.ports, 'text', readyAfter(500, 30 * 3_600));
    const { processing } = await dataQuality(home.ports);
    assert.equal(processing.count, 1);
    assert.equal(Math.round(processing.meanSeconds ?? 0), 5);
  });

  it('tells no time where nothing became ready: no data is not zero', async () => {
    await using home = await watched();
    await dataQuality(home.ports);
    assert.deepEqual(
      home.told.map(({ name }) => name),
      ['TotalUsers', 'TotalDocuments', 'ProcessingErrors'],
    );
  });

  it('keeps its figures for whoever scrapes', async () => {
    await using home = await watched();
    assert.equal(await keptDataQuality(home.ports), undefined);
    const quality = await dataQuality(home.ports);
    assert.deepEqual(await keptDataQuality(home.ports), quality);
  });

  it('goes on after a crash, and counts no document twice', async () => {
    await using home = await watched();
    const { ports } = home;
    await stored(ports, 'text', { status: 'processing', uploadDate: ago(60) });
    await stored(ports, 'text', readyAfter(10));
    let pages = 0;
    const inStatus: typeof ports.directory.inStatus = async (status, before, cursor) => {
      if (status === 'ready') throw new Error('killed');
      pages += 1;
      return ports.directory.inStatus(status, before, cursor);
    };
    await assert.rejects(dataQuality({ ...ports, directory: { ...ports.directory, inStatus } }), /killed/);
    assert.equal(pages, 2);
    const { documents } = await dataQuality(ports);
    assert.deepEqual(documents, { uploading: 0, processing: 1, ready: 1, error: 0 });
  });
});
