import { AppError } from '../../../common/domain/errors.ts';

/** Looked at from the start of a file. */
const SAMPLE = 65_536;
/** A NUL so early, or more control characters than this share: no text. */
const NUL_WITHIN = 8192;
const MOST_CONTROLS = 0.02;

const TAB = 9;
const RETURN = 13;
const BACKSPACE = 8;
const ESCAPE = 27;

const isControl = (byte: number): boolean =>
  byte < 32 && !((byte >= TAB && byte <= RETURN) || byte === BACKSPACE || byte === ESCAPE);

const SIGNATURES: readonly (readonly [start: string, name: string])[] = [
  ['%PDF-', 'a PDF; name it .pdf'],
  ['PK\x03\x04', 'a zip archive or an Office document; give it the name ending that it had, or unpack it'],
  ['{\\rtf', 'an RTF document; save it as DOCX'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
];

const READABLE = 'PDF, DOCX, HTML, Markdown, text, JSON, YAML, CSV and source code can be read';

/** Throws `unsupported` for bytes that are no text in any charset of one byte or UTF-8. */
export const refuseBinary = (bytes: Uint8Array): void => {
  const sample = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SAMPLE));
  const start = sample.toString('latin1', 0, 8);
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (known !== undefined) {
    throw new AppError('unsupported', `The file is not text: it looks like ${known[1]}. ${READABLE}.`);
  }
  const controls = sample.filter(isControl).length;
  if (sample.subarray(0, NUL_WITHIN).includes(0) || controls > sample.length * MOST_CONTROLS) {
    throw new AppError('unsupported', `The file holds binary data, not text. ${READABLE}: upload it as one of these.`);
  }
};
