import type { Scenario } from '../scenario.ts';
import { capacity } from './capacity.ts';
import { fairUsers } from './fair-users.ts';
import { killAndJoin } from './kill-and-join.ts';
import { ledgerAway } from './ledger-away.ts';
import { peers, peersRequests } from './peers.ts';
import { quotaHalved } from './quota-halved.ts';
import { quotaUsed } from './quota-used.ts';
import { wholeHome } from './whole-home.ts';

/** All that `npm run bench:fleet` measures, in the order of the table. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  capacity,
  'quota-used': quotaUsed,
  'kill-and-join': killAndJoin,
  'quota-halved': quotaHalved,
  'ledger-away': ledgerAway,
  'fair-users': fairUsers,
  'whole-home': wholeHome,
  peers,
  'peers-requests': peersRequests,
};
