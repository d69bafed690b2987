import assert from 'node:assert/strict';
import { wordReader } from '../../../../common/adapters/embedded/extractive/words.ts';

const ENGLISH = 'The settings that were changed by the administrators are kept for all of their users.';
const GERMAN = 'Die Einstellungen, die von den Verwaltern geändert wurden, bleiben für alle ihre Benutzer erhalten.';

describe('wordReader', () => {
  it('reads a word alike in its forms', () => {
    const { stemsOf } = wordReader()(ENGLISH);
    assert.deepEqual(stemsOf('setting'), stemsOf('Settings'));
    assert.deepEqual(stemsOf('rotates'), stemsOf('rotating'));
  });

  it('reads the language of the text', () => {
    const { stemsOf } = wordReader()(GERMAN);
    assert.deepEqual(stemsOf('Einstellungen'), stemsOf('Einstellung'));
  });

  it('finds an identifier by its parts, and as a whole', () => {
    const { stemsOf } = wordReader()(ENGLISH);
    assert.deepEqual(stemsOf('getUserById').at(-1), stemsOf('get_user_by_id').at(-1));
    assert.ok(stemsOf('getUserById').includes('user'));
  });

  it('leaves out how a question is built, and counts a stop word for little', () => {
    const telling = wordReader()(ENGLISH).tellingOf('What is the value of the rotation?');
    assert.deepEqual([...telling.keys()], ['valu', 'rotat']);
    assert.ok((telling.get('valu') ?? 1) < 0.5);
    assert.equal(telling.get('rotat'), 1);
  });

  it('reads on without spaces', () => {
    assert.ok(wordReader()('如何重置密码').stemsOf('重置密码').includes('密码'));
  });
});
