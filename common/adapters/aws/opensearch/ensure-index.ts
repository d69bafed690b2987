import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../domain/errors.ts';
import { backoffMs } from '../../../runtime/backoff.ts';
import type { Ask } from './connection.ts';
import { type IndexKind, indexBody, type Made, SCHEMA_VERSION } from './mapping.ts';
import { unless } from './opensearch-errors.ts';

interface Named extends IndexKind {
  /** The alias; the index behind it is `{alias}-{n}`. */
  readonly alias: string;
}

type Mappings = Readonly<Record<string, { readonly mappings: { readonly _meta?: Made } }>>;

const FIRST = 1;

/** A collection shows a new index a moment later. */
const LOOKS = 4;

/**
 * Makes the index with its alias where there is none; of two who do so at once one succeeds, and both find it.
 * Throws `conflict` when it was made for something else.
 */
export const ensureIndex = async (ask: Ask, index: Named): Promise<void> => {
  const found = (await mappingsOf(ask, index.alias)) ?? (await create(ask, index));
  if (index.alias in found) {
    const what = `"${index.alias}" names an index in OpenSearch, where an alias was expected.`;
    throw new AppError('conflict', `${what} Delete that index, or name another one.`);
  }
  const [behind, ...more] = Object.values(found);
  if (behind === undefined || more.length > 0) {
    const names = Object.keys(found).join(', ');
    throw new AppError('conflict', `The alias ${index.alias} has several indices (${names}): leave it only one.`);
  }
  requireSame(behind.mappings._meta, index);
};

const mappingsOf = (ask: Ask, alias: string): Promise<Mappings | undefined> =>
  unless(ask<Mappings>({ method: 'GET', path: `/${alias}/_mapping` }), 'index_not_found_exception');

const create = async (ask: Ask, { alias, ...kind }: Named): Promise<Mappings> => {
  const name = `${alias}-${FIRST}`;
  const body = { aliases: { [alias]: {} }, ...indexBody(kind) };
  await unless(ask({ method: 'PUT', path: `/${name}`, body, once: true }), 'resource_already_exists_exception');
  for (let tries = 1; tries <= LOOKS; tries++) {
    const made = await mappingsOf(ask, alias);
    if (made !== undefined) return made;
    await sleep(backoffMs(tries));
  }
  const what = `OpenSearch has the index ${name}, but the alias ${alias} does not lead to it.`;
  throw new AppError(
    'conflict',
    `${what} Add the alias, or delete the index and run \`npm run maintenance -- restore-index\`.`,
  );
};

const requireSame = (made: Made | undefined, { alias, model, dimension }: Named): void => {
  if (made?.model === undefined) {
    throw new AppError('conflict', `The index behind ${alias} is not this program's: name another one.`);
  }
  if (made.model !== model || made.dimension !== dimension) {
    throw new AppError(
      'conflict',
      `The search index ${alias} was built with the model ${made.model} (${made.dimension} dimensions), not with ` +
        `${model} (${dimension}). Use that model again, or name another index and reprocess the documents.`,
    );
  }
  if (made.schema !== SCHEMA_VERSION) {
    throw new AppError(
      'conflict',
      `The search index ${alias} was made by another version of this program. Use that version again, or name another ` +
        'index and run `npm run maintenance -- restore-index`.',
    );
  }
};
