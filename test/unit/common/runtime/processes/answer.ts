import { Counter, Registry } from 'prom-client';
import { answerParent } from '../../../../../common/runtime/family.ts';

/** Counts seven of something, and answers its parent as a worker does, until that is gone. */
const register = new Registry();
new Counter({ name: 'things_total', help: 'Things', registers: [register] }).inc(7);
const orphaned = answerParent(register);
const alive = setInterval(() => undefined, 60_000);
orphaned.addEventListener('abort', () => clearInterval(alive));
process.send?.('ready');
