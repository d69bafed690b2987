import type { ChildProcess } from 'node:child_process';
import { AggregatorRegistry, type Registry } from 'prom-client';

/** How the launcher and the workers that it forks speak: one asks for metrics, the others answer and end with it. */
const ASK = 'metrics?';
type Answer = { readonly metrics: object[] };

const ANSWER_MS_MOST = 1_000;

/** In a forked process: answers the parent. Aborts when the parent is gone; never where there is none. */
export const answerParent = (register: Registry): AbortSignal => {
  const orphaned = new AbortController();
  if (process.send === undefined) return orphaned.signal;
  process.once('disconnect', () => orphaned.abort());
  process.on('message', (message) => {
    if (message === ASK) void register.getMetricsAsJSON().then((metrics) => process.send?.({ metrics }));
  });
  process.channel?.unref(); // listening to the parent is no reason to stay
  return orphaned.signal;
};

/** In the parent: its own metrics and those of its children as one text. A child that does not answer is left out. */
export const familyMetrics = async (register: Registry, children: readonly ChildProcess[]): Promise<string> => {
  const own = await register.getMetricsAsJSON();
  const theirs = await Promise.all(children.map(metricsOf));
  return AggregatorRegistry.aggregate([own, ...theirs]).metrics();
};

const metricsOf = (child: ChildProcess): Promise<object[]> =>
  new Promise((resolve) => {
    const done = (metrics: object[]) => {
      clearTimeout(timer);
      child.off('message', receive);
      resolve(metrics);
    };
    const receive = (message: unknown) => done((message as Answer).metrics);
    const timer = setTimeout(done, ANSWER_MS_MOST, []);
    if (!child.connected) return done([]);
    child.once('message', receive);
    child.send(ASK);
  });
