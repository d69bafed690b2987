import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { POINTERS_AT_ONCE, type VectorPointer, type VectorPointers } from '../../common/ports/vector-pointers.ts';
import type { Open } from '../support/temporary.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

const pointerOf = (text: string, changes: Partial<VectorPointer> = {}): VectorPointer => ({
  textHash: hashOf(text),
  documentId: randomUUID(),
  generation: 1,
  chunkIndex: 0,
  ...changes,
});

const byHash = (pointers: readonly VectorPointer[]): VectorPointer[] =>
  pointers.toSorted((a, b) => (a.textHash < b.textHash ? -1 : 1));

/** A year and a day. */
const LATER_MS = 366 * 24 * 3_600_000;

/** What every VectorPointers promises; `open` gives an empty one, and another view of it whose clock is ahead. */
export const vectorPointersContract = (
  adapter: string,
  open: Open<{ pointers: VectorPointers; ahead: (ms: number) => VectorPointers }>,
) =>
  describe(`VectorPointers: ${adapter}`, () => {
    it('finds what was put, and nothing where nothing is', async () => {
      await using opened = await open();
      const { pointers } = opened;
      const known = [pointerOf('a', { generation: 7, chunkIndex: 199_999 }), pointerOf('b')];
      await pointers.put('ada', known);
      const found = await pointers.find('ada', [hashOf('a'), hashOf('b'), hashOf('c')]);
      assert.deepEqual(byHash(found), byHash(known));
    });

    it('shows nobody what another owner has', async () => {
      await using opened = await open();
      const { pointers } = opened;
      await pointers.put('ada', [pointerOf('a')]);
      assert.deepEqual(await pointers.find('bob', [hashOf('a')]), []);
      const his = pointerOf('a');
      await pointers.put('bob', [his]);
      assert.deepEqual(await pointers.find('bob', [hashOf('a')]), [his]);
      await pointers.remove('bob', [hashOf('a')]);
      assert.equal((await pointers.find('ada', [hashOf('a')])).length, 1);
    });

    it('points anew where a text is put again, and to the last of two in one call', async () => {
      await using opened = await open();
      const { pointers } = opened;
      await pointers.put('ada', [pointerOf('a')]);
      const last = pointerOf('a', { generation: 2 });
      await pointers.put('ada', [pointerOf('a'), last]);
      assert.deepEqual(await pointers.find('ada', [hashOf('a')]), [last]);
    });

    it('takes a whole batch at once', async () => {
      await using opened = await open();
      const { pointers } = opened;
      const whole = Array.from({ length: POINTERS_AT_ONCE }, (_, n) => pointerOf(`text ${n}`, { chunkIndex: n }));
      const hashes = whole.map(({ textHash }) => textHash);
      await pointers.put('ada', whole);
      assert.deepEqual(byHash(await pointers.find('ada', hashes)), byHash(whole));
      await pointers.remove('ada', hashes.slice(1));
      assert.deepEqual(await pointers.find('ada', hashes), whole.slice(0, 1));
    });

    it('finds a text once that is asked for twice', async () => {
      await using opened = await open();
      const { pointers } = opened;
      const known = pointerOf('a');
      await pointers.put('ada', [known]);
      assert.deepEqual(await pointers.find('ada', [hashOf('a'), hashOf('a')]), [known]);
    });

    it('removes, again and what was never there', async () => {
      await using opened = await open();
      const { pointers } = opened;
      await pointers.put('ada', [pointerOf('a'), pointerOf('b')]);
      for (let times = 0; times < 2; times += 1) await pointers.remove('ada', [hashOf('a'), hashOf('a'), hashOf('z')]);
      assert.deepEqual(await pointers.find('ada', [hashOf('a')]), []);
      assert.equal((await pointers.find('ada', [hashOf('b')])).length, 1);
    });

    it('does nothing for no texts', async () => {
      await using opened = await open();
      const { pointers } = opened;
      await pointers.put('ada', []);
      await pointers.remove('ada', []);
      assert.deepEqual(await pointers.find('ada', []), []);
    });

    it('forgets a pointer after a year, unless it was put again', async () => {
      await using opened = await open();
      const { pointers } = opened;
      const later = opened.ahead(LATER_MS);
      await pointers.put('ada', [pointerOf('old'), pointerOf('renewed')]);
      const renewed = pointerOf('renewed');
      await later.put('ada', [renewed]);
      assert.deepEqual(await later.find('ada', [hashOf('old'), hashOf('renewed')]), [renewed]);
    });
  });
