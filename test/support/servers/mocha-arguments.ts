const ALL = 'test/**/*.aws.test.ts';

/** Mocha's arguments: the files that are named, else all tests that need servers. Its own `spec` would only add to them. */
export const mochaArguments = (given: readonly string[]): string[] => [
  '--config',
  '.mocharc.aws.json',
  ...given,
  ...(given.some((word) => word.endsWith('.ts')) ? [] : [ALL]),
];
