import assert from 'node:assert/strict';
import { dashboards, exported, missingIn, rules } from '../../support/monitoring.ts';

describe('dashboards, rules and alerts', () => {
  it('name only metrics and labels that the program exports', async () => {
    const series = await exported();
    const asked = [...(await rules()), ...(await dashboards())];
    assert.ok(asked.length > 60, 'what is asked for is found');
    assert.deepEqual(
      asked.flatMap((one) => missingIn(one, series)),
      [],
    );
  });

  it('leave none of our metrics unseen', async () => {
    const series = await exported();
    const text = [...(await rules()), ...(await dashboards())].map(({ expression }) => expression).join('\n');
    const isSeen = (name: string) => text.includes(name.replace(/_(bucket|sum|count)$/, ''));
    const unseen = [...series.keys()].filter((name) => name.startsWith('assistant_') && !isSeen(name));
    assert.deepEqual(unseen, []);
  });

  it('are caught when they name another metric or label', async () => {
    const series = await exported();
    const faults = (expression: string, shown: string[] = []) =>
      missingIn({ where: 'here', expression, shown }, series);
    assert.deepEqual(faults('sum by (stage) (rate(assistant_job_seconds_count{fate="done"}[5m]))', ['stage']), []);
    assert.deepEqual(faults('rate(assistant_jobs_total[5m])'), ['here: no metric assistant_jobs_total']);
    assert.deepEqual(faults('assistant_dead_letters{queue="embed"}'), [
      'here: assistant_dead_letters has no label queue',
    ]);
    assert.deepEqual(faults('sum by (queue) (assistant_dead_letters)'), ['here: nothing to group by queue']);
    assert.deepEqual(faults('sum by (stage) (assistant_dead_letters)', ['queue']), [
      'here: shows queue, which is not left',
    ]);
    assert.deepEqual(faults('1 > bool 2'), ['here: names no metric']);
  });
});

describe('our metrics', () => {
  it('have names and units as Prometheus wants them', async () => {
    const names = [...(await exported()).keys()].filter((name) => name.startsWith('assistant_'));
    const base = names.filter((name) => /_(ms|milliseconds|minutes|hours|kilobytes|megabytes|percent)(_|$)/.test(name));
    assert.deepEqual(base, []);
    assert.deepEqual(
      names.filter((name) => !/^assistant(_[a-z]+)+$/.test(name)),
      [],
    );
  });
});
