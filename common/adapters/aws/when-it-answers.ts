import { codeOf, PASSING } from '../../domain/errors.ts';
import { patience } from '../../runtime/backoff.ts';

/** About a minute: so long a service may be away when a process starts. */
const TRIES = 12;

/** What is asked when a process starts; again, with pauses, while what stands in its way passes by itself. */
export const whenItAnswers = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === TRIES || !PASSING.has(codeOf(error))) throw error;
      await patience(tries, new AbortController().signal);
    }
  }
};
