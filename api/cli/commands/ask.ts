import { command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { filtersOf, NARROWING } from '../find.ts';
import { printAnswer } from '../show/passages.ts';

export const ask = command({
  summary: 'Ask a question; the answer cites where it stands',
  operands: '<question...>',
  count: [1, Number.POSITIVE_INFINITY],
  options: NARROWING,
  about: [
    'The answer is shown as it is made. Below it, for each [n] in it: file, page or section, position, and the snippet.',
    'With --json the whole answer is one value: {"answer", "citations"}. Exit code 5 when nothing relevant was found.',
  ],
  examples: [
    ['ask "How is a lost message found again?"', 'quotes keep the shell away from the question mark'],
    ['ask --tag handbook "Who approves a release?"', 'from some documents only'],
    ['ask --json "What is the retention?" | jq -r .answer', 'for a script'],
  ],
  async run(narrowing, words, { client, out, signal }) {
    const question = words.join(' ');
    const request = { question, filters: await filtersOf(client, narrowing, signal) };
    if (out.json) {
      const answer = await client.answer(request, signal);
      out.value(answer);
      return answer.citations.length > 0 ? EXIT.done : EXIT.nothing;
    }
    const citations = await printAnswer(out, client.ask(request, signal), question);
    return citations.length > 0 ? EXIT.done : EXIT.nothing;
  },
});
