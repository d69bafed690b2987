import { AppError } from '../../../domain/errors.ts';
import type { IndexRebuild, NextIndex } from '../../../ports/index-rebuild.ts';
import type { Ask } from './connection.ts';
import { type IndexKind, indexBody, isOfKind, type Made } from './mapping.ts';
import { unless } from './opensearch-errors.ts';
import { nextAliasOf } from './place.ts';
import { type Writable, writerOf } from './writing.ts';

interface Serving extends Writable, IndexKind {}

type Behind = Readonly<Record<string, { readonly mappings: { readonly _meta?: Made } }>>;

/**
 * Builds `{alias}-{n+1}` behind an alias of its own, `{alias}-next`, by which every process finds it for what is to be
 * deleted or described; one call makes it the one behind `{alias}`.
 */
export const nextIndexes = (serving: Serving): IndexRebuild => ({
  async begin() {
    const { ask, alias } = serving;
    const next = nextAliasOf(alias);
    const [current = ''] = Object.keys(await indexBehind(ask, alias));
    await remove(ask, named(alias, numberOf(current) - 1)); // where a run ended before it did
    const left = Object.entries(await indexBehind(ask, next));
    for (const [name, { mappings }] of left) if (!isOfKind(mappings._meta, serving)) await remove(ask, name);
    const going = left.find(([, { mappings }]) => isOfKind(mappings._meta, serving))?.[0];
    const name = going ?? (await create(serving, { name: named(alias, numberOf(current) + 1), next }));
    const { put, describe, delete: erase } = writerOf({ ...serving, alias: next });
    const isOther = true;
    return { name, isOther, put, describe, delete: erase, publish: () => publish(ask, { alias, next, current, name }) };
  },
});

const named = (alias: string, n: number): string => `${alias}-${n}`;

const numberOf = (name: string): number => Number(/-(\d+)$/.exec(name)?.[1] ?? 0);

const indexBehind = async (ask: Ask, alias: string): Promise<Behind> => {
  const found = ask<Behind>({ method: 'GET', path: `/${alias}/_mapping` });
  return (await unless(found, 'index_not_found_exception')) ?? {};
};

/** Of two that do so at once one succeeds, and both fill it. */
const create = async ({ ask, ...kind }: Serving, { name, next }: { name: string; next: string }): Promise<string> => {
  const body = { aliases: { [next]: {} }, ...indexBody(kind) };
  await unless(ask({ method: 'PUT', path: `/${name}`, body, once: true }), 'resource_already_exists_exception');
  return name;
};

const remove = async (ask: Ask, name: string): Promise<void> => {
  await unless(ask({ method: 'DELETE', path: `/${name}`, once: true }), 'index_not_found_exception');
};

type Switch = { readonly alias: string; readonly next: string; readonly current: string; readonly name: string };

const publish = async (ask: Ask, { alias, next, current, name }: Switch): ReturnType<NextIndex['publish']> => {
  const actions = [
    { remove: { index: name, alias: next, must_exist: true } },
    { add: { index: name, alias } },
    { remove: { index: current, alias } },
  ];
  const asked = ask({ method: 'POST', path: '/_aliases', body: { actions }, once: true });
  const isSwitched = await unless(asked, 'aliases_not_found_exception', 'index_not_found_exception');
  if (isSwitched === undefined) {
    throw new AppError('conflict', `Another run has put its index behind ${alias} meanwhile. Nothing is left to do.`);
  }
  await remove(ask, current);
};
