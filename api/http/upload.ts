import { Busboy, type BusboyFileStream, type BusboyHeaders } from '@fastify/busboy';
import type { Request } from 'express';
import { z } from 'zod';
import { AppError } from '../../common/domain/errors.ts';
import { fileNameOf } from '../../common/domain/file-name.ts';
import { checked } from '../../common/runtime/checked.ts';
import type { RequestBody } from './body.ts';

export interface IncomingFile {
  readonly fileName: string;
  /** Throws when the file is too large, or does not arrive whole. */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface Uploaded<Fields, Stored> {
  readonly fields: Fields;
  readonly stored: Stored;
}

/**
 * Receives a form. `store` gets the file as it streams in and is called once at most; the fields, which may come
 * before or after it, are judged at the end: what was stored is the caller's to remove when this throws.
 */
export type Upload<Fields> = <Stored>(
  store: (file: IncomingFile) => Promise<Stored>,
) => Promise<Uploaded<Fields, Stored>>;

const LIMITS = { fieldSize: 32 * 1024, fields: 64, files: 1, parts: 65, headerPairs: 16, headerSize: 8 * 1024 };
const BROKEN = 'The form is not well formed, or did not arrive whole; send it again as multipart/form-data.';

/** Of a file. */
export const tooLarge = (maxBytes: number): AppError =>
  new AppError('too_large', `A file may have ${maxBytes.toLocaleString('en')} bytes at most; split it.`);

/** How large a file may be in a form, and how large in any way. */
export interface FormLimits {
  readonly maxFormBytes: number;
  readonly maxUploadBytes: number;
}

const tooLargeForForm = ({ maxFormBytes, maxUploadBytes }: FormLimits): AppError => {
  if (maxFormBytes >= maxUploadBytes) return tooLarge(maxUploadBytes);
  const most = maxFormBytes.toLocaleString('en');
  return new AppError(
    'too_large',
    `A file in a form may have ${most} bytes at most; send it by /v1/documents/uploads.`,
  );
};

/** Told before a byte of it has arrived. The fields have their share. */
const refuseTooLarge = (request: Request, limits: FormLimits): void => {
  const share = LIMITS.parts * (LIMITS.fieldSize + LIMITS.headerSize);
  if (Number(request.get('Content-Length')) > limits.maxFormBytes + share) throw tooLargeForForm(limits);
};

/** One value as it is, several as a list. */
const flat = (fields: ReadonlyMap<string, readonly string[]>): object =>
  Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));

const parserOf = (request: Request, maxBytes: number) => {
  if (!request.is('multipart/form-data')) {
    throw new AppError('unsupported', 'Send a form, as multipart/form-data, with the file in its field "file".');
  }
  try {
    const headers = request.headers as BusboyHeaders;
    return Busboy({ headers, preservePath: true, limits: { ...LIMITS, fileSize: maxBytes } });
  } catch (cause) {
    throw new AppError('invalid', BROKEN, { cause });
  }
};

/** One request's form on its way in. The first failure ends it: the rest is read to nowhere, so that an answer gets out. */
const receive = async <Stored>(
  request: Request,
  limits: FormLimits,
  store: (file: IncomingFile) => Promise<Stored>,
) => {
  refuseTooLarge(request, limits);
  const parser = parserOf(request, limits.maxFormBytes);
  const fields = new Map<string, string[]>();
  const ended = Promise.withResolvers<void>();
  let file: { stream: BusboyFileStream; stored: Promise<Stored> } | undefined;
  const fail = (error: unknown): void => {
    request.unpipe(parser).resume();
    file?.stream.destroy(error instanceof Error ? error : undefined);
    ended.reject(error);
  };
  const refuse = (message: string) => () => fail(new AppError('invalid', message));
  parser.on('field', (name, value, _, truncated) => {
    if (truncated) refuse(`The field ${name} is too long.`)();
    fields.set(name, [...(fields.get(name) ?? []), value]);
  });
  parser.on('file', (name, stream, givenName) => {
    stream.on('error', () => undefined).on('limit', () => fail(tooLargeForForm(limits)));
    if (name !== 'file') {
      refuse('Send the file in a field with the name "file".')();
      return;
    }
    const stored = (async () => store({ fileName: fileNameOf(givenName ?? ''), body: stream }))();
    file = { stream, stored };
    stored.catch(fail);
  });
  parser.on('filesLimit', refuse('Send one file at a time.'));
  parser.on('fieldsLimit', refuse('The form has too many fields.'));
  parser.on('partsLimit', refuse('The form has too many parts.'));
  parser.on('error', (cause) => fail(new AppError('invalid', BROKEN, { cause })));
  parser.on('finish', ended.resolve);
  const cut = (): void => {
    if (!request.complete) fail(new AppError('invalid', BROKEN));
  };
  if (request.destroyed) cut();
  request.once('close', cut);
  request.pipe(parser);
  try {
    await ended.promise;
  } finally {
    await Promise.allSettled([file?.stored]);
  }
  if (file === undefined)
    throw new AppError('invalid', 'The form has no file; put it in a field with the name "file".');
  return { fields: flat(fields), stored: await file.stored };
};

const File = z.string().meta({ format: 'binary', description: 'The file, with its name; a relative path will do' });

/** A form with a file, streamed. @param shape the other fields */
export const uploadBody = <Shape extends z.ZodRawShape>(
  shape: Shape,
  limits: FormLimits,
): RequestBody<Upload<z.output<z.ZodObject<Shape>>>> => {
  const schema = z.strictObject({ file: File, ...shape });
  const Fields = z.strictObject(shape);
  return {
    declared: { required: true, content: { 'multipart/form-data': { schema } } },
    problems: ['invalid', 'too_large', 'unsupported'],
    async read(request) {
      return async (store) => {
        const { fields, stored } = await receive(request, limits, store);
        return { fields: checked(Fields, fields, 'The form is'), stored };
      };
    },
  };
};
