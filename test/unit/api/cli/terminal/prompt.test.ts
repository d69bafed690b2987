import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createPrompt } from '../../../../../api/cli/terminal/prompt.ts';

/** A terminal at which somebody types; tells what it shows. */
const terminal = () => {
  const stdin = new PassThrough();
  const stderr = new PassThrough();
  const prompt = createPrompt({ stdin, stderr });
  return { stdin, prompt, shown: () => String(stderr.read() ?? '') };
};

describe('a prompt', () => {
  it('asks and takes an answer', async () => {
    const { stdin, prompt, shown } = terminal();
    const answer = prompt.ask('Name: ');
    stdin.write(' Ada \r');
    assert.equal(await answer, 'Ada');
    assert.match(shown(), /Name: .*Ada/);
  });

  it('shows nothing of a secret, and keeps its blanks', async () => {
    const { stdin, prompt, shown } = terminal();
    const secret = prompt.secret('Password: ');
    stdin.write(' open sesame\r');
    assert.equal(await secret, ' open sesame');
    assert.equal(shown(), 'Password: \n');
  });

  it('takes only a yes for a yes', async () => {
    const answers: boolean[] = [];
    for (const typed of ['y', 'YES', 'n', '', 'yep']) {
      const { stdin, prompt } = terminal();
      const answer = prompt.confirm('Sure?');
      stdin.write(`${typed}\r`);
      answers.push(await answer);
    }
    assert.deepEqual(answers, [true, true, false, false, false]);
  });

  for (const [what, end] of [
    ['Ctrl-C', (stdin: PassThrough) => stdin.write('\u0003')],
    ['the end of the input', (stdin: PassThrough) => stdin.end()],
  ] as const) {
    it(`stops at ${what}`, async () => {
      const { stdin, prompt } = terminal();
      const answer = prompt.ask('Name: ');
      end(stdin);
      await assert.rejects(answer, { name: 'AbortError' });
    });
  }
});
