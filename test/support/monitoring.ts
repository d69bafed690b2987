import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collectDefaultMetrics, type MetricObject, Registry } from 'prom-client';
import { homeMetrics } from '../../common/runtime/home-metrics.ts';
import { metrics } from '../../common/runtime/metrics.ts';
import { readsOf } from './promql.ts';
import { temporaryStores } from './stores.ts';

/** Each series that can be asked for, and its labels. */
export type Series = Map<string, ReadonlySet<string>>;

export interface Asked {
  readonly where: string;
  readonly expression: string;
  /** Of the legend. */
  readonly shown: readonly string[];
  /** The name under which a rule records it. */
  readonly record?: string | undefined;
}

/** Leaves only the labels that are named. */
const AGGREGATION = /\b(?:sum|min|max|avg|count)\b\s*\(/;
const DEPLOY = fileURLToPath(new URL('../../deploy', import.meta.url));
/** Prometheus itself sets these. */
const OF_THE_SCRAPE = ['instance', 'job'];

/** All that any process of the program exports. */
export const exported = async (): Promise<Series> => {
  await using stores = await temporaryStores();
  const register = new Registry();
  collectDefaultMetrics({ register });
  metrics(register);
  homeMetrics(register, { ...stores, quota: { state: async () => undefined } });
  const series: Series = new Map([['up', new Set(OF_THE_SCRAPE)]]);
  for (const metric of register.getMetricsAsArray() as Labelled[]) {
    const labels = new Set([...metric.labelNames, ...OF_THE_SCRAPE]);
    if (!('buckets' in metric)) series.set(metric.name, labels);
    else {
      series.set(`${metric.name}_bucket`, new Set([...labels, 'le']));
      for (const part of ['sum', 'count']) series.set(`${metric.name}_${part}`, labels);
    }
  }
  register.clear();
  return series;
};

type Labelled = MetricObject & { readonly labelNames: readonly string[] };

/** What dashboards ask for. */
export const dashboards = async (): Promise<Asked[]> => {
  const folder = join(DEPLOY, 'grafana/dashboards');
  const files = (await readdir(folder)).map(async (file) => {
    const { panels } = JSON.parse(await readFile(join(folder, file), 'utf8')) as { panels: Panel[] };
    return panels.flatMap(({ title, targets }) =>
      targets.map(({ expr, legendFormat = '' }) => ({
        where: `${file}: ${title}`,
        expression: expr,
        shown: [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label),
      })),
    );
  });
  return (await Promise.all(files)).flat();
};

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string; readonly legendFormat?: string }[];
}

/** What rules and alerts ask for. */
export const rules = async (): Promise<Asked[]> => {
  const files = ['rules.yaml', 'alerts.yaml'].map(async (file) => {
    const text = await readFile(join(DEPLOY, 'prometheus', file), 'utf8');
    return text
      .split(/^ +- (?=record:|alert:)/m)
      .slice(1)
      .map((rule): Asked => {
        const [, kind, name = ''] = /^(record|alert): (\S+)/.exec(rule) ?? [];
        const [, indent = '', expression = ''] = /^( +)expr: (?:>-\n)?(.*(?:\n\1 +\S.*)*)/m.exec(rule) ?? [];
        const shown = [...rule.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label);
        const where = `${basename(file)}: ${name}${indent === '' ? ' has no expr' : ''}`;
        return {
          where,
          expression: expression.replaceAll(/\s+/g, ' '),
          shown,
          record: kind === 'record' ? name : undefined,
        };
      });
  });
  return (await Promise.all(files)).flat();
};

/** What is asked for and is not there; and adds what a rule records. */
export const missingIn = ({ where, expression, shown, record }: Asked, series: Series): string[] => {
  const { metrics: named, groupedBy } = readsOf(expression);
  const missing = named.flatMap(({ name, labels }) => {
    const known = series.get(name);
    if (known === undefined) return [`${where}: no metric ${name}`];
    return labels.filter((label) => !known.has(label)).map((label) => `${where}: ${name} has no label ${label}`);
  });
  const some = new Set(named.flatMap(({ name }) => [...(series.get(name) ?? [])]));
  const kept = AGGREGATION.test(expression) ? new Set<string>() : some;
  const left = groupedBy.length > 0 ? new Set(groupedBy) : kept;
  if (record !== undefined) series.set(record, new Set([...left].filter((label) => label !== 'le')));
  return [
    ...missing,
    ...(named.length === 0 ? [`${where}: names no metric`] : []),
    ...groupedBy.filter((label) => !some.has(label)).map((label) => `${where}: nothing to group by ${label}`),
    ...shown.filter((label) => !left.has(label)).map((label) => `${where}: shows ${label}, which is not left`),
  ];
};
