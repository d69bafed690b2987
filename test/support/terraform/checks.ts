/** What is checked, one after the other. */
export interface Checks {
  /** Runs a check; one that throws has failed, and the next is run all the same. Returns whether it passed. */
  check(name: string, run: () => Promise<void>): Promise<boolean>;
  /** How many passed and failed. */
  readonly counts: { readonly passed: number; readonly failed: number };
}

/** @param say where lines for a person go */
export const checks = (say: (line: string) => void): Checks => {
  const counts = { passed: 0, failed: 0 };
  return {
    counts,
    async check(name, run) {
      const started = performance.now();
      try {
        await run();
        counts.passed += 1;
        say(`  ok      ${name} (${((performance.now() - started) / 1_000).toFixed(1)} s)`);
        return true;
      } catch (error) {
        counts.failed += 1;
        say(`  FAILED  ${name}\n${error instanceof Error ? error.message : String(error)}`);
        return false;
      }
    },
  };
};
