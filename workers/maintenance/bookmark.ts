import type { BlobStore } from '../../common/ports/blob-store.ts';
import { fromJson, json } from '../../common/runtime/json.ts';
import { orUndefined } from '../../common/runtime/or-undefined.ts';

/** How far a long command has come, kept in the storage: a run that was killed goes on where it was. */
export interface Bookmark<State> {
  read(): Promise<State | undefined>;
  write(state: State): Promise<void>;
  remove(): Promise<void>;
}

/** @param command names it; two runs of one command at once would share it */
export const bookmark = <State>(blobs: BlobStore, command: string): Bookmark<State> => {
  const folder = `maintenance/${command}/`;
  const key = `${folder}state.json`;
  return {
    async read() {
      const blob = await blobs.get(key).catch(orUndefined('not_found'));
      return blob && ((await fromJson(blob.body)) as State);
    },
    async write(state) {
      await blobs.put(key, json(state));
    },
    async remove() {
      await blobs.deleteAll(folder);
    },
  };
};
