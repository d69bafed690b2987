/** Given to the detector: enough to be sure, little enough to be quick. */
const SAMPLE = 32_768;

/** What Western Windows wrote for twenty years; it decodes any byte. */
const DEFAULT = 'windows-1252';

/** Below it a charset of one byte a character is a guess, worse than the default. */
const LEAST_CONFIDENCE = 0.15;

/** Of two bytes, decoding without a fault is the proof, when so much of the text is not ASCII. */
const EAST_ASIAN = new Set(['shift_jis', 'euc-jp', 'iso-2022-jp', 'gbk', 'gb18030', 'big5', 'euc-kr']);
const LEAST_SHARE = 0.3;

/** The detector's names that are not the web's. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['cp932', 'shift_jis'],
  ['shift_jis_2004', 'shift_jis'],
  ['euc-jis-2004', 'euc-jp'],
  ['cp949', 'euc-kr'],
]);

/** As TextDecoder calls it; undefined for a charset that it does not know. */
export const knownCharset = (charset: string | undefined): string | undefined => {
  if (charset === undefined) return undefined;
  try {
    return new TextDecoder(NAMES.get(charset.toLowerCase()) ?? charset).encoding;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const decodes = (bytes: Uint8Array, charset: string): boolean => {
  try {
    // `stream`: the sample may end inside a character
    new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

const shareOf = (bytes: Uint8Array, isIt: (byte: number) => boolean): number =>
  bytes.reduce((count, byte) => count + (isIt(byte) ? 1 : 0), 0) / bytes.length;

/** The charset of bytes that are not UTF-8, as a name that TextDecoder takes. */
export const detected = async (bytes: Uint8Array): Promise<string> => {
  const { detect } = await import('jschardet');
  const first = Math.max(0, bytes.findIndex((byte) => byte > 127) - SAMPLE / 2);
  const sample = Buffer.from(bytes.subarray(first, first + SAMPLE));
  const { encoding, confidence } = detect(sample);
  const charset = knownCharset(encoding ?? undefined);
  if (charset === undefined) return DEFAULT;
  const proven =
    EAST_ASIAN.has(charset) && shareOf(sample, (byte) => byte > 127) > LEAST_SHARE && decodes(sample, charset);
  return proven || confidence >= LEAST_CONFIDENCE ? charset : DEFAULT;
};
