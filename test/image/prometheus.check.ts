import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/temporary.ts';
import { REPOSITORY } from './build.ts';
import { findPromtool } from './promtool.ts';

const FOLDER = join(REPOSITORY, 'deploy/prometheus');

/** Each with a fault that its tests must find. */
const FAULTS = [
  ['rules.yaml', 'max by (stage, state)', 'sum by (stage, state)'],
  ['rules.yaml', 'fate="done"', 'fate=~"done|drop"'],
  ['rules.yaml', 'status=~"5.."', 'status=~"[45].."'],
  ['alerts.yaml', 'unless on (stage)', 'and on (stage)'],
  ['alerts.yaml', '{route="POST /v1/search"} > 2', ' > 2'],
  ['alerts.yaml', 'code="storage_full"', 'code="throttled"'],
  ['alerts.yaml', 'max by (stage) (assistant_dead_letters) > 0', 'max by (stage) (assistant_dead_letters) >= 0'],
  ['alerts.yaml', 'stage:assistant_backlog:minutes > 60', 'stage:assistant_backlog:minutes > 6000'],
  ['alerts.yaml', 'up{job="assistant"} == 0', 'up{job="assistant"} == 1'],
  ['alerts.yaml', 'ratio_rate5m > 0.01', 'ratio_rate5m > 1'],
  ['alerts.yaml', '2 * 86400', '2 * 86400000'],
  ['alerts.yaml', 'max(assistant_embedding_quota_away) > 0', 'min(assistant_embedding_quota_away) > 0'],
] as const;

describe('Prometheus', () => {
  let promtool: (...args: string[]) => Promise<string>;

  before(async () => {
    const program = await findPromtool();
    promtool = async (...args) => (await promisify(execFile)(program, args)).stdout;
  });

  for (const file of ['prometheus.yaml', 'ecs.example.yaml']) {
    it(`takes ${file}, and the rules and alerts that it names`, async () => {
      assert.match(await promtool('check', 'config', join(FOLDER, file)), /SUCCESS: 2 rule files found/);
    });
  }

  it('records and alerts as rules.test.yaml says', async () => {
    assert.match(await promtool('test', 'rules', join(FOLDER, 'rules.test.yaml')), /SUCCESS/);
  });

  for (const [file, right, wrong] of FAULTS) {
    it(`fails its tests where ${file} says ${wrong}`, async () => {
      await using folder = await temporaryFolder();
      await cp(FOLDER, folder.path, { recursive: true });
      const path = join(folder.path, file);
      const text = await readFile(path, 'utf8');
      assert.ok(text.includes(right));
      await writeFile(path, text.replace(right, wrong));
      await assert.rejects(promtool('test', 'rules', join(folder.path, 'rules.test.yaml')), /exit|failed/i);
    });
  }
});
