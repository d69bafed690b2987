import { ID_FAULT, UPSERT_FAULT } from './operations.ts';

type Item = Readonly<Record<string, object>>;

export interface Bulk {
  /** What the collection takes. */
  readonly taken: string;
  /** The reply of whoever took that, with the refused items in their places. */
  merged(reply: { readonly took?: number; readonly items?: readonly Item[] }): object;
}

/** A bulk request, parted into what a collection takes and what it refuses. */
export const bulkOf = (body: string): Bulk => {
  const lines = body.split('\n').filter((line) => line !== '');
  const taken: string[] = [];
  const refused: (Item | undefined)[] = [];
  for (let at = 0; at < lines.length; ) {
    const head = JSON.parse(lines[at] ?? '{}') as Record<string, { _id?: string; _index?: string }>;
    const [action = '', { _id, _index } = {}] = Object.entries(head)[0] ?? [];
    const length = action === 'delete' ? 1 : 2;
    const fault = faultOf({ action, id: _id, source: lines[at + 1] });
    refused.push(fault && { [action]: { _index, _id, status: 400, error: fault } });
    if (fault === undefined) taken.push(...lines.slice(at, at + length));
    at += length;
  }
  return {
    taken: taken.map((line) => `${line}\n`).join(''),
    merged({ took = 0, items = [] }) {
      const rest = items[Symbol.iterator]();
      const all = refused.map((item) => item ?? rest.next().value);
      const errors = all.some((item) => Object.values(item ?? {}).some((one) => 'error' in one));
      return { took, errors, items: all };
    },
  };
};

const faultOf = ({
  action,
  id,
  source = '',
}: {
  action: string;
  id?: string | undefined;
  source: string | undefined;
}): object | undefined => {
  if (action === 'index' || action === 'create') return id === undefined ? undefined : ID_FAULT;
  return action === 'update' && /"(upsert|doc_as_upsert)"/.test(source) ? UPSERT_FAULT : undefined;
};
