import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { rootsOf } from '../../../../../api/cli/add/roots.ts';

const HERE = resolve('/home/ada');
const namesOf = (...paths: string[]) => rootsOf(paths, HERE).map(({ name }) => name);

describe('what is named on the command line', () => {
  it('names documents by the last name of their folder, or by their own', () => {
    assert.deepEqual(namesOf('docs', 'notes/todo.md', 'docs/sub/'), ['docs', 'todo.md', 'sub']);
  });

  it('is found from where the person stands', () => {
    assert.deepEqual(
      rootsOf(['docs', '../bob/plan.md'], HERE).map(({ path }) => path),
      [join(HERE, 'docs'), resolve('/home/bob/plan.md')],
    );
  });

  it('has a name for the folder where the person stands', () => {
    assert.deepEqual(namesOf('.'), ['ada']);
  });

  it('counts once, however often and in whatever way it is named', () => {
    assert.deepEqual(namesOf('docs', './docs/', 'notes/../docs'), ['docs']);
  });

  it('keeps apart what has the same last name', () => {
    assert.deepEqual(namesOf('src/index.ts', 'test/index.ts', 'main.ts'), ['src/index.ts', 'test/index.ts', 'main.ts']);
    assert.deepEqual(namesOf('docs', '../bob/docs'), ['docs', 'home/bob/docs']);
  });
});
