/** What a container's health check runs: ends with 0 when the process beside it, API or worker, answers. */
const LIVE = `http://127.0.0.1:${process.env['PORT'] || 3000}/health/live`;
const PATIENCE_MS = 4_000;

const reply = await fetch(LIVE, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch((cause: unknown) => {
  console.error(`No answer from ${LIVE}: ${cause instanceof Error ? cause.message : cause}`);
  return undefined;
});
process.exitCode = reply?.ok ? 0 : 1;
