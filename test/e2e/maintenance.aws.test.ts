import assert from 'node:assert/strict';
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { clientSettings } from '../../common/adapters/aws/clients.ts';
import { runMaintenance } from '../../workers/maintenance/commands.ts';
import { restoreIndex } from '../../workers/maintenance/restore-index.ts';
import { register } from '../support/account.ts';
import { openAwsFleet } from '../support/aws/fleet.ts';
import { askOpenSearch } from '../support/aws/temporary-index.ts';
import { assertWhole, atRest } from '../support/oracle.ts';

const metricsIn = async (namespace: string): Promise<string[]> => {
  const client = new CloudWatchClient(clientSettings());
  const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: namespace }));
  client.destroy();
  return [...new Set(Metrics.map(({ MetricName = '' }) => MetricName))].sort();
};

describe('maintenance in the aws home', function () {
  this.timeout(120_000);

  it('counts into CloudWatch, foresees, and rebuilds the index while the program runs', async () => {
    await using fleet = await openAwsFleet();
    const { home, env } = fleet;
    const { ports } = home;
    const alias = String(env['OPENSEARCH_INDEX']);
    fleet.worker('extract', 'embed', 'index');
    const account = await register((await fleet.api()).url);
    await account.upload('pump.md', '# Venting\n\nThe pump is vented by the brass valve on top.');
    await atRest(ports, account.userId);

    const quality = await runMaintenance('data-quality', home);
    assert.partialDeepStrictEqual(quality, { users: 1, documents: { ready: 1 }, processing: { count: 1 } });
    assert.deepEqual(await metricsIn('AI-Assistant/DataQuality'), [
      'AverageProcessingTime',
      'P95ProcessingTime',
      'ProcessingErrors',
      'TotalDocuments',
      'TotalUsers',
    ]);
    assert.partialDeepStrictEqual(await runMaintenance('restore-index', home, { dryRun: true }), { documents: 1 });
    assert.deepEqual(Object.keys((await askOpenSearch('GET', `/${alias}/_alias`)) as object), [`${alias}-1`]);

    assert.partialDeepStrictEqual(await restoreIndex(ports, { settleMs: 0 }), { documents: 1, damaged: [] });
    await askOpenSearch('POST', `/${alias}/_refresh`);
    assert.deepEqual(Object.keys((await askOpenSearch('GET', `/${alias}/_alias`)) as object), [`${alias}-2`]);
    await assertWhole(ports, account.userId);
    await account.upload('oven.md', '# Baking\n\nBread stays in the oven for one hour.');
    await atRest(ports, account.userId);
    await askOpenSearch('POST', `/${alias}/_refresh`);
    await assertWhole(ports, account.userId);
    await askOpenSearch('DELETE', `/${alias}-2`);
  });
});
