import { openAws } from './adapters/aws/home.ts';
import { openEmbedded } from './adapters/embedded/home.ts';
import type { Config } from './config.ts';
import type { Home } from './ports/home.ts';
import { seenBlobs } from './runtime/seen-ports.ts';
import type { Observe } from './runtime/sight.ts';

export type OpenHome = Home & AsyncDisposable;

/**
 * Opens a home's services in order; disposing closes them in reverse. Throws `invalid` for settings that cannot work,
 * and `unavailable`.
 */
export const assemble = async (config: Config, observe: Observe): Promise<OpenHome> => {
  await using opened = new AsyncDisposableStack(); // closes the first ones if a later one fails
  const home =
    config.ASSISTANT_HOME === 'aws' ? await openAws(config, opened, observe) : await openEmbedded(config, opened);
  const owned = opened.move();
  const ports = { ...home.ports, blobs: seenBlobs(home.ports.blobs, observe) };
  return { ...home, ports, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};
