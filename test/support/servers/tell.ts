/** Progress for a person; standard output belongs to the tests' reporter. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`);
