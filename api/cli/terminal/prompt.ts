import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Questions to the person at the terminal. Each rejects with an AbortError on Ctrl-C and at the input's end. */
export interface Prompt {
  ask(question: string): Promise<string>;
  /** What is typed is not shown. */
  secret(question: string): Promise<string>;
  /** Anything but yes means no. */
  confirm(question: string): Promise<boolean>;
}

interface Terminal {
  readonly stdin: NodeJS.ReadableStream;
  /** Not stdout: that is for data. */
  readonly stderr: NodeJS.WritableStream;
}

/** Takes the echo of what is typed and drops it. */
const silent = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

export const createPrompt = ({ stdin, stderr }: Terminal): Prompt => {
  const question = async (text: string, output: NodeJS.WritableStream): Promise<string> => {
    const stopping = new AbortController();
    const lines = createInterface({ input: stdin, output, terminal: true });
    lines.on('SIGINT', () => stopping.abort());
    lines.on('close', () => stopping.abort());
    try {
      return await lines.question(text, { signal: stopping.signal });
    } finally {
      lines.close();
    }
  };
  const ask = (text: string): Promise<string> => question(text, stderr).then((answer) => answer.trim());

  return {
    ask,
    async secret(text) {
      stderr.write(text);
      try {
        return await question('', silent());
      } finally {
        stderr.write('\n');
      }
    },
    confirm: async (text) => /^y(es)?$/i.test(await ask(`${text} [y/N] `)),
  };
};
