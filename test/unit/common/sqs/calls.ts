import type { SQSClient } from '@aws-sdk/client-sqs';

/** The commands that a client sends from now on, by name. */
export const callsOf = (client: SQSClient): string[] => {
  const calls: string[] = [];
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        calls.push(commandName);
        return next(args);
      },
    { step: 'initialize' },
  );
  return calls;
};

export const countOf = (calls: readonly string[], name: string): number => calls.filter((call) => call === name).length;

/** Resolves when a client sends such a command. */
export const nextCall = (client: SQSClient, name: string): Promise<void> =>
  new Promise((resolve) => {
    client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          const answer = next(args);
          if (commandName === name) resolve();
          return answer;
        },
      { step: 'initialize' },
    );
  });

/** Lets the first of such commands fail, as they do while SQS is away. */
export const failFirst = (client: SQSClient, name: string, count: number): void => {
  let left = count;
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (commandName !== name || left === 0) return next(args);
        left -= 1;
        return Promise.reject(Object.assign(new Error('SQS is away'), { name: 'ServiceUnavailable' }));
      },
    { step: 'initialize' },
  );
};
