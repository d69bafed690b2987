import assert from 'node:assert/strict';
import fc from 'fast-check';
import { queryTermsOf, termsOf } from '../../../../common/domain/terms.ts';

describe('terms', () => {
  it('cuts an identifier at its humps, and keeps it whole beside', () => {
    assert.deepEqual(termsOf('getUserById'), ['get', 'user', 'by', 'id', 'getuserbyid']);
    assert.deepEqual(termsOf('XMLHttpRequest'), ['xml', 'http', 'request', 'xmlhttprequest']);
  });

  it('joins the words of a name to the same term, whatever connects them', () => {
    for (const name of ['get_user_by_id', 'get-user-by-id', 'get.user.by.id', 'GET_USER_BY_ID', 'getUserById']) {
      assert.equal(termsOf(name).at(-1), 'getuserbyid');
    }
  });

  it('finds a member by its own name and by its path', () => {
    assert.deepEqual(termsOf('fs.readFileSync'), ['fs', 'read', 'file', 'sync', 'readfilesync', 'fsreadfilesync']);
  });

  it('parts letters and digits', () => {
    assert.deepEqual(termsOf('sha256 utf8'), ['sha', '256', 'sha256', 'utf', '8', 'utf8']);
  });

  it('knows neither case nor diacritics', () => {
    assert.deepEqual(termsOf('Café ÜBER İstanbul ﬁle'), ['cafe', 'uber', 'istanbul', 'file']);
  });

  it('takes letters and pairs of neighbours where a script has no spaces', () => {
    assert.deepEqual(termsOf('東京都'), ['東', '京', '都', '東京', '京都']);
    assert.deepEqual(termsOf('API経由'), ['api', '経', '由', '経由']);
  });

  it('leaves the syllables of Korean and the vowels of Hindi in their words', () => {
    assert.deepEqual(termsOf('한국어 हिन्दी'), ['한국어', 'हिन्दी']);
  });

  it('takes a hash for one word', () => {
    assert.deepEqual(termsOf('9f86d081884c7d659a2feaa0c55ad015'), ['9f86d081884c7d659a2feaa0c55ad015']);
  });

  it('drops stop words from a query that says more', () => {
    assert.deepEqual(queryTermsOf('What is the user of it?'), ['user']);
    assert.deepEqual(queryTermsOf('to be or not to be'), ['to', 'be', 'or', 'not']);
  });

  it('asks for each term once, and for pairs rather than letters', () => {
    assert.deepEqual(queryTermsOf('port Port ports 東京都 猫'), ['port', 'ports', '東京', '京都', '猫']);
  });

  it('finds nothing in signs', () => {
    assert.deepEqual(queryTermsOf('\0 "" * ^ () 😀 --'), []);
  });

  it('makes terms of letters, digits and marks alone, whatever it reads', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const term of termsOf(text)) assert.match(term, /^[\p{L}\p{N}\p{M}]+$/u);
      }),
    );
  });

  it('asks only for terms that it would find in the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const terms = new Set(termsOf(text));
        for (const term of queryTermsOf(text)) assert.ok(terms.has(term));
      }),
    );
  });

  for (const [name, unit] of Object.entries({
    'one word': 'a',
    humps: 'aA',
    digits: 'a1',
    'a path': 'a.',
    'marks out of order': '\u0316\u0300',
    'a script without spaces': '漢',
    signs: '-',
  })) {
    it(`reads 200,000 letters of ${name} in no time`, () => {
      const started = performance.now();
      termsOf(unit.repeat(200_000 / unit.length));
      assert.ok(performance.now() - started < 1_000);
    });
  }
});
