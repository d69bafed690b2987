import { AppError } from '../domain/errors.ts';

/** Runs a main; a fault that a person can mend is one sentence on stderr and exit code 1, all else a stack trace. */
export const orExit = async (main: () => Promise<void>): Promise<void> => {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
};
