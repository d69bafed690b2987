import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

/** A file on its way to the server. */
export interface UploadFile {
  readonly fileName: string;
  /** Bytes: exactly as many as `read` gives. */
  readonly size: number;
  /** From the start, each time that it is called: an upload may have to be sent again. */
  read(): AsyncIterable<Uint8Array>;
}

/** Quoted as RFC 822 has it; names carry no line breaks. */
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const field = (boundary: string, name: string, value: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}\r\n\r\n${value}\r\n`;

/**
 * A form of text fields and one file, streamed, and its exact length (RFC 7578).
 * The fields come first, so that the server knows them when the file begins.
 * @param fields values without line breaks of their own meaning; a name may come more than once
 */
export const multipart = (file: UploadFile, fields: readonly (readonly [string, string])[] = []) => {
  const boundary = `assistant-${randomUUID()}`;
  const head = Buffer.from(
    fields.map(([name, value]) => field(boundary, name, value)).join('') +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename=${quoted(file.fileName)}\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* body(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* file.read();
    yield tail;
  }
  return {
    headers: {
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      'Content-Length': head.length + file.size + tail.length,
    },
    open: (): Readable => Readable.from(body(), { objectMode: false }),
  };
};
