import type { Scenario } from '../scenario.ts';
import { getDocument } from './get-document.ts';
import { queueCpu } from './queue-cpu.ts';
import { queueSlowMessage } from './queue-slow-message.ts';
import { splice } from './splice.ts';

/** All that `npm run bench:aws` measures, in the order of the table. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'queue-cpu': queueCpu,
  'queue-slow-message': queueSlowMessage,
  'get-document': getDocument,
  splice,
};
