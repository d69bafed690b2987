import assert from 'node:assert/strict';
import { ask, chunk, foundByWords, type IndexPlace, SETTINGS } from './search-index.place.ts';

/** A text, and questions that find it. */
const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  'The connections are pooled': ['connect', 'connection', 'CONNECTED', 'how is pooling done?'],
  'const user = getUserById(id)': ['user by id', 'getUserById', 'get_user_by_id', 'getuserbyid', 'get-user-by-id'],
  'the option max_retry_count is 5': ['maxRetryCount', 'retry', 'max_retry_count', 'max retry'],
  'call fs.readFileSync before': ['fs.readFileSync', 'readFileSync', 'read file', 'fs'],
  'new XMLHttpRequest()': ['http', 'XMLHttpRequest', 'xml request'],
  'its SHA256 sum in utf8': ['sha256', 'sha 256', 'UTF-8'],
  'ein Café in Zürich': ['cafe', 'zurich', 'CAFÉ'],
  データベースを東京で検索する: ['東京', 'データベース', '検索', '京'],
  请输入用户名和密码: ['密码', '用户名', '码'],
  '데이터베이스 검색': ['검색'],
  'Привет мир': ['привет'],
};

const HOSTILE = [
  '"',
  "'; DROP TABLE chunk; --",
  'pump AND',
  'NOT pump',
  'NEAR(pump, 3',
  'content: pump*',
  '^pump + -',
  '{content section} : (pump',
  '\0pump\0',
  '*',
  '()',
  '😀🔥',
  '\ud800',
  '%_\\',
  'pump '.repeat(5_000),
  'pump"'.repeat(5_000),
  'x'.repeat(200_000),
  Array.from({ length: 3_000 }, (_, number) => `word${number}`).join(' '),
];

export const wordsContract = (start: () => Promise<IndexPlace>) =>
  describe('words', () => {
    for (const [content, questions] of Object.entries(FINDINGS)) {
      it(`finds "${content}" by ${questions.join('; ')}`, async () => {
        await using place = await start();
        await using index = await place.open(SETTINGS);
        await index.put([chunk(content), chunk('nothing of the kind')]);
        await place.settled();
        for (const question of questions) assert.deepEqual(await foundByWords(index, question), [content], question);
      });
    }

    it('puts the exact identifier before its pieces', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('user user get by id id'), chunk('we call getUserById here'), chunk('the id of a user')]);
      await place.settled();
      assert.equal((await foundByWords(index, 'getUserById'))[0], 'we call getUserById here');
    });

    it('finds a chunk by the name of its file and by its headings', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([
        chunk('first text', { documentId: 'a', fileName: 'InstallationGuide.pdf' }),
        chunk('second text', { documentId: 'b', section: 'Operation > Maintenance' }),
      ]);
      await place.settled();
      assert.deepEqual(await foundByWords(index, 'installation'), ['first text']);
      assert.deepEqual(await foundByWords(index, 'maintenance'), ['second text']);
    });

    it('lets stop words decide nothing where there are others, and finds them where there are not', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('to be or not to be'), chunk('the pump')]);
      await place.settled();
      assert.deepEqual(await foundByWords(index, 'what is the pump to be?'), ['the pump']);
      assert.deepEqual(await foundByWords(index, 'to be or not to be'), ['to be or not to be']);
    });

    it('takes any question for words, whatever it holds', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      await index.put([chunk('the pump')]);
      await place.settled();
      for (const text of HOSTILE) {
        const expected = text.toLowerCase().includes('pump') ? ['the pump'] : [];
        assert.deepEqual(await foundByWords(index, text), expected, text.slice(0, 50));
      }
    });

    it('keeps any text, and finds it', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      const texts = HOSTILE.filter((text) => text.isWellFormed());
      const chunks = texts.map((text, chunkIndex) =>
        chunk(text, { chunkIndex, section: `mark${'z'.repeat(chunkIndex)}` }),
      );
      await index.put(chunks.map((one, number) => ({ ...one, chunkId: `chunk ${number}` })));
      await place.settled();
      for (const [number, text] of texts.entries()) {
        const [hit, ...more] = (await ask(index, { text: `mark${'z'.repeat(number)}` })).keyword;
        assert.ok(hit?.content === text && more.length === 0, text.slice(0, 50));
      }
    });
  });
