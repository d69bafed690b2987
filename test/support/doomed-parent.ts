import { startChild } from '../../workers/extract/sandbox/child-process.ts';
import { tetherOf } from '../../workers/extract/sandbox/launch.ts';

/** Run as a process: starts a child, has it read the file that is given, if any, says the child's pid, and waits. */
const [folder, original] = process.argv.slice(2) as [string, string | undefined];
const child = await startChild({ folder, memoryBytes: 2 ** 32, tether: await tetherOf() });
if (original !== undefined) {
  const files = { original, text: `${original}.text`, batches: `${original}.batches` };
  const patience = { milliseconds: 60_000, signal: new AbortController().signal };
  void child.ask({ files, extension: 'pdf', fileName: 'endless.pdf' }, patience);
}
console.log(child.pid);
setInterval(() => undefined, 60_000);
