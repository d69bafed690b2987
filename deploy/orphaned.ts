const EVERY_MS = 500;

/** Aborts when the process that started this one is gone: npm ends at a SIGTERM, but does not always pass it on. */
export const orphaned = (): AbortSignal => {
  const controller = new AbortController();
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    controller.abort();
  }, EVERY_MS).unref();
  return controller.signal;
};
