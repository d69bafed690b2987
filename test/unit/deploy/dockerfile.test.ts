import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { REPOSITORY } from '../../image/build.ts';
import { lastOf, stagesOf } from '../../image/dockerfile.ts';

const dockerfile = (): Promise<string> => readFile(join(REPOSITORY, 'deploy/Dockerfile'), 'utf8');
const stages = async () => stagesOf(await dockerfile());

const image = async () => {
  const last = (await stages()).at(-1);
  assert.ok(last);
  return last;
};

describe('reading a Dockerfile', () => {
  it('parts it into stages, with flags, the exec form and continued lines', () => {
    const text = [
      '# a comment',
      'FROM node:24-slim AS one',
      'RUN first \\',
      '  && second',
      'FROM node:24-slim',
      'COPY --from=one --chown=1:1 /a /b',
      'CMD ["node", "main.ts"]',
    ].join('\n');
    assert.deepEqual(stagesOf(text), [
      {
        image: 'node:24-slim',
        name: 'one',
        instructions: [{ name: 'RUN', flags: {}, value: 'first && second' }],
      },
      {
        image: 'node:24-slim',
        name: '1',
        instructions: [
          { name: 'COPY', flags: { from: 'one', chown: '1:1' }, value: '/a /b' },
          { name: 'CMD', flags: {}, value: ['node', 'main.ts'] },
        ],
      },
    ]);
  });

  it('refuses what it would misunderstand', () => {
    for (const line of ['RUN echo $HOME', 'RUN cat <<EOF', 'copy a b']) {
      assert.throws(() => stagesOf(`FROM node:24-slim\n${line}`), /not understood/);
    }
  });
});

describe('the image', () => {
  it('is described without a fault that a linter finds', async () => {
    const text = await dockerfile();
    assert.deepEqual(validate(text), []);
    assert.equal(validate(text.replace('USER 1000:1000', 'USR 1000:1000')).length, 1);
  });

  it('runs as nobody special, by its number', async () => {
    assert.match(String(lastOf(await image(), 'USER')?.value), /^[1-9]\d*:[1-9]\d*$/);
  });

  it('starts its processes itself, without a shell that would keep SIGTERM from them', async () => {
    const last = await image();
    assert.ok(Array.isArray(lastOf(last, 'CMD')?.value));
    assert.match(String(lastOf(last, 'HEALTHCHECK')?.value), /^CMD \[/);
  });

  it('runs no script of a package, and has no development packages', async () => {
    const runs = (await stages()).flatMap(({ instructions }) => instructions.filter(({ name }) => name === 'RUN'));
    const installs = runs.map(({ value }) => String(value)).filter((command) => command.includes('npm'));
    assert.deepEqual(installs, ['npm ci --omit=dev --ignore-scripts --no-audit']);
  });

  it('names its Node by the major version that the project is written for', async () => {
    const { optionalDependencies } = JSON.parse(await readFile(join(REPOSITORY, 'deploy/node24/package.json'), 'utf8'));
    const [major] = String(Object.values(optionalDependencies)[0]).split('.');
    assert.deepEqual(
      (await stages()).map(({ image: name }) => name),
      Array(2).fill(`node:${major}-slim`),
    );
  });
});
