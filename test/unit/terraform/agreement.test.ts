import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dimensionOf, embeddingModelOf } from '../../../common/adapters/aws/bedrock/embedding-models.ts';
import { nextAliasOf } from '../../../common/adapters/aws/opensearch/place.ts';
import { deadLetterName, queueName } from '../../../common/adapters/aws/sqs/queues.ts';
import { AWS, SHARED } from '../../../common/config.ts';
import { embeddingsKey, originalKey } from '../../../common/domain/keys.ts';
import { STAGE_NAMES } from '../../../common/domain/stage-name.ts';
import formats from '../../../common/formats.json' with { type: 'json' };
import pipeline from '../../../common/pipeline.json' with { type: 'json' };
import { USAGE } from '../../../workers/maintenance/commands.ts';
import { actionsOf, NEEDS_NO_ACTION, searchActions, usedCommands } from '../../support/terraform/sdk-actions.ts';
import { TERRAFORM, writtenFromProgram } from '../../support/terraform/written-from-program.ts';

const read = (file: string): string => readFileSync(join(TERRAFORM, file), 'utf8');

/** Names that are given a value in a file of Terraform, in a map or a block. */
const assignedIn = (text: string): string[] =>
  [...text.matchAll(/^\s*([A-Z][A-Z0-9_]+)\s*=/gm)].map(([, name = '']) => name);

const quotedIn = (text: string): string[] => [...text.matchAll(/"([\w-]+)"/g)].map(([, word = '']) => word);

/** Of an emulator; at AWS they are absent. */
const FOR_EMULATORS = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'COGNITO_JWKS_URL'];

/** The key, or how a key begins, that a file of the program has for what maintenance keeps. */
const keptIn = (file: string): string =>
  /['`](maintenance\/[\w.-]*)/.exec(readFileSync(join(TERRAFORM, '..', file), 'utf8'))?.[1] ?? '';

describe('Terraform and the program agree', () => {
  const tables: Record<string, { expiresBy: string | null }> = JSON.parse(read('modules/tables/tables.json'));
  const environment = read('environment.tf');
  const given = [
    ...assignedIn(environment).filter((name) => name !== 'LOGIN_STATE_SECRET'),
    ...Object.keys(tables).map((table) => `${table.toUpperCase()}_TABLE`),
    ...[...environment.matchAll(/LOGIN_STATE_SECRET/g)].slice(0, 1).map(([name]) => name),
  ];
  const wanted = [...Object.keys(SHARED), ...Object.keys(AWS), 'ASSISTANT_HOME'];

  it('on each variable that the program reads', () => {
    const missing = wanted.filter((name) => !given.includes(name) && !FOR_EMULATORS.includes(name));
    assert.deepEqual(missing, [], 'set these in terraform/environment.tf');
  });

  it('on no variable that the program does not read', () => {
    assert.deepEqual(
      given.filter((name) => !wanted.includes(name)),
      [],
    );
  });

  it('on files that are written from the program', () => {
    for (const [file, text] of Object.entries(writtenFromProgram())) {
      assert.equal(read(file), text, `${file} is old: run npm run terraform:write`);
    }
  });

  const granted = ['permissions.tf', 'roles.tf', 'modules/search/domain.tf'].flatMap((file) =>
    [...read(file).matchAll(/"((?!aws:)[a-z0-9-]+:[A-Z]\w+)"/g)].map(([, action = '']) => action),
  );

  it('on each call to AWS: some role allows its action', () => {
    const called = usedCommands().filter((command) => !NEEDS_NO_ACTION.has(command));
    const refused = [...called.flatMap(actionsOf), ...searchActions()].filter((action) => !granted.includes(action));
    assert.deepEqual(refused, [], 'add these to a role in terraform/permissions.tf');
  });

  it('on no action that no call needs', () => {
    const needed = new Set([...usedCommands().flatMap(actionsOf), ...searchActions(), ...BESIDE_CALLS]);
    assert.deepEqual([...new Set(granted.filter((action) => !needed.has(action)))], []);
  });

  it('on the folders in the bucket', () => {
    const [, folders = ''] = /files_of = \{.*?in \{(.*?)\}/s.exec(read('permissions.tf')) ?? [];
    const ref = { userId: 'user', documentId: 'document', generation: 1 };
    const used = [originalKey(ref, 'pdf'), embeddingsKey(ref), keptIn('workers/maintenance/bookmark.ts')];
    const expected = used.map((key) => key.split('/')[0]);
    assert.deepEqual([...new Set(quotedIn(folders))].sort(), expected.sort());
    assert.ok(read('permissions.tf').includes(`/${keptIn('common/runtime/kept-data-quality.ts')}"`));
    assert.match(read('modules/storage/events.tf'), /filter_prefix = "documents\/"\s+filter_suffix = "original\./);
    assert.match(originalKey(ref, 'pdf'), /^documents\/.*original\.pdf$/);
  });

  it('on the names of the search index: every one begins as its alias does', () => {
    assert.match(read('modules/search/collection.tf'), /"index\/\$\{var\.name\}\/\$\{var\.index\}\*"/);
    assert.match(environment, /OPENSEARCH_INDEX\s+= var\.search\.index/);
    assert.ok(nextAliasOf('alias').startsWith('alias-'));
  });

  it('on the names of queues', () => {
    const module = read('modules/queues/main.tf');
    assert.match(module, /"\$\{var\.prefix\}\$\{settings\.queue\}"/);
    assert.match(module, /"\$\{local\.names\[each\.key\]\}-dlq"/);
    for (const stage of STAGE_NAMES) {
      assert.equal(queueName('any-', stage), `any-${pipeline[stage].queue}`);
      assert.equal(deadLetterName('any-', stage), `any-${pipeline[stage].queue}-dlq`);
    }
  });

  it('on a notification rule for each canonical extension', () => {
    for (const [extension, { extensions }] of Object.entries(formats)) assert.equal(extensions[0], extension);
    assert.match(read('main.tf'), /extensions\s+= keys\(local\.formats\)/);
  });

  it('on the maintenance commands that may be scheduled', () => {
    const commands = [...USAGE.matchAll(/^ {2}([\w-]+) /gm)].map(([, name = '']) => name);
    const [, defaults = '', most = ''] =
      /variable "schedules" \{.*?default = \{(.*?)\}.*?contains\(\[(.*?)\]/s.exec(read('variables.tf')) ?? [];
    const scheduled = [...defaults.matchAll(/^\s*([\w-]+)\s*=/gm)].map(([, name = '']) => name);
    assert.ok(scheduled.length > 0 && scheduled.every((name) => commands.includes(name)));
    assert.deepEqual(quotedIn(most).sort(), commands.sort());
  });

  it('on the levels that may be logged at', () => {
    const [, levels = ''] = /contains\(\[([^\]]*)\], var\.monitoring\.log_level/.exec(read('variables.tf')) ?? [];
    assert.deepEqual(quotedIn(levels), SHARED.LOG_LEVEL.unwrap().options);
  });

  it('on the entry points that containers start', () => {
    const files = globSync('**/*.tf', { cwd: TERRAFORM }).map((file) => read(file));
    const started = files.flatMap((text) => [...text.matchAll(/"node", "([\w/.-]+)"/g)].map(([, file = '']) => file));
    assert.ok(started.includes('api/main.ts') && started.includes('workers/main.ts'));
    for (const file of started) assert.ok(readFileSync(join(TERRAFORM, '..', file)).byteLength > 0);
  });

  it('on the embedding models and how many numbers their vectors have', () => {
    const models: Record<string, number[]> = JSON.parse(read('embedding-models.json'));
    for (const [id, dimensions] of Object.entries(models)) {
      assert.deepEqual([...embeddingModelOf(id).dimensions], dimensions);
      assert.equal(dimensionOf(embeddingModelOf(id)), dimensions[0]);
    }
    const named = (text: string) => text.match(/[a-z]+\.[a-z][\w.:-]+\w/g)?.filter((word) => word !== 'none.x') ?? [];
    const known = () => embeddingModelOf('none.x');
    assert.throws(known, (error: Error) => {
      assert.deepEqual(named(error.message).sort(), Object.keys(models).sort());
      return true;
    });
  });
});

/** Needed, though no command is called so: to move dead letters, by headers, by OpenSearch's own client. */
const BESIDE_CALLS = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:SendMessage',
  'kms:Decrypt',
  'kms:GenerateDataKey',
];
