import type { PublicDocument } from '../../common/domain/document.ts';
import { AppError, codeOf } from '../../common/domain/errors.ts';
import { fileNameOf } from '../../common/domain/file-name.ts';
import formats from '../../common/formats.json' with { type: 'json' };
import type { Client } from './client/client.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SAME_NAME = 100;

const byId = async (client: Client, documentId: string, signal: AbortSignal): Promise<PublicDocument[]> => {
  try {
    return [await client.document(documentId.toLowerCase(), signal)];
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error;
    return [];
  }
};

/** The documents that a word on the command line names: by id one, by file name perhaps several. Throws `not_found`. */
export const findDocuments = async (client: Client, word: string, signal: AbortSignal): Promise<PublicDocument[]> => {
  const found = UUID.test(word) ? await byId(client, word, signal) : [];
  if (found.length > 0) return found;
  const { items } = await client.list({ fileName: fileNameOf(word), limit: SAME_NAME }, signal);
  if (items.length > 0) return items;
  throw new AppError('not_found', `No document is called ${JSON.stringify(word)}. See npm run assistant -- ls.`);
};

/** As `findDocuments`, but one. Throws `conflict` where several have that name. */
export const findDocument = async (client: Client, word: string, signal: AbortSignal): Promise<PublicDocument> => {
  const [document, ...others] = await findDocuments(client, word, signal);
  if (document !== undefined && others.length === 0) return document;
  const ids = [document, ...others].map((one) => `\n  ${one?.documentId}`);
  throw new AppError(
    'conflict',
    `Several documents are called ${JSON.stringify(word)}. Give one by its id:${ids.join('')}`,
  );
};

const MEDIA_TYPES = new Map(
  Object.entries(formats).flatMap(([name, { mediaType, extensions }]) =>
    [name, ...extensions].map((word) => [word, mediaType] as const),
  ),
);

/** The media type that --type means: one is taken as it is, an extension stands for its own. Throws `invalid`. */
export const mediaTypeOf = (given: string): string => {
  const mediaType = given.includes('/') ? given : MEDIA_TYPES.get(given.replace(/^\./, '').toLowerCase());
  if (mediaType !== undefined) return mediaType;
  throw new AppError('invalid', `--type takes a media type or one of ${Object.keys(formats).join(', ')}.`);
};

interface Narrowing {
  readonly document?: string[] | undefined;
  readonly tag?: string[] | undefined;
  readonly type?: string[] | undefined;
}

/** What search and ask are narrowed to. */
export const filtersOf = async (client: Client, { document, tag, type }: Narrowing, signal: AbortSignal) => {
  const documentIds: string[] = [];
  for (const word of document ?? []) {
    for (const { documentId } of await findDocuments(client, word, signal)) documentIds.push(documentId);
  }
  return {
    ...(documentIds.length > 0 && { documentIds }),
    ...(tag && { tags: tag }),
    ...(type && { fileTypes: type.map(mediaTypeOf) }),
  };
};

/** Options of search and ask. */
export const NARROWING = {
  document: { type: 'string', short: 'd', multiple: true, value: 'ID|NAME', help: 'only in this document; repeatable' },
  tag: {
    type: 'string',
    short: 't',
    multiple: true,
    value: 'TAG',
    help: 'only in documents with this tag; repeatable',
  },
  type: { type: 'string', multiple: true, value: 'TYPE', help: 'only in files of this type, such as pdf; repeatable' },
} as const;
