import { crc32 } from 'node:zlib';

const PRELUDE = 8;
const CRC = 4;
const STRING = 7;

const headerBytes = (headers: Readonly<Record<string, string>>): Buffer =>
  Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(Buffer.byteLength(value));
      return [Buffer.of(Buffer.byteLength(name)), Buffer.from(name), Buffer.of(STRING), length, Buffer.from(value)];
    }),
  );

/**
 * One message of application/vnd.amazon.eventstream: lengths and their CRC, headers, payload, CRC of it all;
 * numbers big-endian. Source: the Amazon event stream encoding, as AWS documents it for Transcribe streaming.
 */
const message = (headers: Readonly<Record<string, string>>, payload: unknown): Buffer => {
  const head = headerBytes(headers);
  const body = Buffer.from(JSON.stringify(payload));
  const total = PRELUDE + CRC + head.length + body.length + CRC;
  const bytes = Buffer.alloc(total);
  bytes.writeUInt32BE(total, 0);
  bytes.writeUInt32BE(head.length, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, PRELUDE)), PRELUDE);
  head.copy(bytes, PRELUDE + CRC);
  body.copy(bytes, PRELUDE + CRC + head.length);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, total - CRC)), total - CRC);
  return bytes;
};

export const eventMessage = (type: string, payload: unknown): Buffer =>
  message({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, payload);

export const exceptionMessage = (type: string, text: string): Buffer =>
  message(
    { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' },
    { message: text },
  );
