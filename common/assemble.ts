import { openEmbedded } from './adapters/embedded/home.ts';
import type { Config } from './config.ts';
import type { Ports } from './ports/ports.ts';

export interface Home extends AsyncDisposable {
  readonly ports: Ports;
  /** A folder for this process's unfinished files; what a killed process left there is removed by the next. */
  readonly scratch: string;
}

/** Opens a home's services in order; disposing closes them in reverse. Throws `invalid` for settings that cannot work. */
export const assemble = async (config: Config): Promise<Home> => {
  await using opened = new AsyncDisposableStack(); // closes the first ones if a later one fails
  const { ports, scratch } = await openEmbedded(config, opened);
  const owned = opened.move();
  return { ports, scratch, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};
