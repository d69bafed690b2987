import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFaultProxy } from '../../support/servers/fault-proxy.ts';
import { atMost, type Scenario, told } from '../scenario.ts';
import { between, course, series } from './measured.ts';
import { openOurCrew } from './our-crew.ts';
import { cpuRow, quotaUsed, throttledRow, usedRow } from './rows.ts';
import { QUOTA, secondsOf, WARM_UP_SECONDS } from './settings.ts';

const WORKERS = 4;
const AWAY = { full: 60, quick: 12 };
const BACK_WITHIN = 5;

/** Nobody answers where the ledger is; each worker takes the share that is safe for all there may be. */
export const ledgerAway: Scenario = {
  summary: 'the ledger unreachable for 60 s: no document fails; what share of the quota is used',
  async run({ quick, say }) {
    const dynamodb = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
    assert.ok(dynamodb, 'DynamoDB Local has an address');
    await using proxy = await startFaultProxy(dynamodb);
    await using crew = await openOurCrew({ dynamodb: proxy.url });
    await crew.add(WORKERS);
    await sleep(WARM_UP_SECONDS * 1_000);
    const outage = await proxy.goAway();
    say('the ledger is away');
    const without = await series(crew, quick ? AWAY.quick : AWAY.full);
    await outage[Symbol.asyncDispose]();
    say('the ledger is back');
    const again = await series(crew, BACK_WITHIN + secondsOf(quick));
    const during = between(without, BACK_WITHIN);
    const failed = between(without, 0).failed + between(again, 0).failed;
    return [
      atMost({ what: 'documents failed', value: failed, target: 0 }),
      throttledRow('while it is away', between(without, 0)),
      told(`while it is away, quota used by ${WORKERS} workers`, `${quotaUsed(during).toFixed(1)} %`),
      cpuRow('while it is away', during),
      usedRow(`from ${BACK_WITHIN} s after it is back`, between(again, BACK_WITHIN)),
      throttledRow('after it is back', between(again, 0)),
      told('% of the quota, each second while it is away', course(without, QUOTA)),
      told('% of the quota, each second after it is back', course(again, QUOTA)),
    ];
  },
};
