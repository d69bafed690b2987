import { type BareOptions, bareRate } from './embed-bare.ts';

/** A process that runs the bare session as it is told, so that it can be given the priority of a worker process. */

process.on('message', async (options: BareOptions) => process.send?.(await bareRate(options)));
