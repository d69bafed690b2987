import { orExit } from '../common/runtime/or-exit.ts';
import { stopOn } from '../common/runtime/stopping.ts';
import { startEmbedded } from './embedded.ts';
import { orphaned } from './orphaned.ts';

/** The whole assistant on one machine, until it is told to stop: this process answers requests, a second one works. */
export const launch = (): Promise<void> =>
  orExit(async () => {
    const stopping = AbortSignal.any([
      stopOn('SIGTERM', 'SIGINT', 'SIGHUP'),
      ...(process.argv.includes('--with-parent') ? [orphaned()] : []),
    ]);
    await using assistant = await startEmbedded(process.env);
    console.log(`The assistant is ready at ${assistant.url} and keeps its data in ${assistant.folder}

Next, in another terminal:
  npm run assistant -- login                    make an account, or use the one you have
  npm run assistant -- add <files or folders>   put documents in
  npm run assistant -- ask "your question"      get an answer with citations

The API is described at ${assistant.url}/docs. Ctrl-C stops.`);
    await new Promise((resolve) => stopping.addEventListener('abort', resolve, { once: true }));
    console.log('Stopping...');
  });
