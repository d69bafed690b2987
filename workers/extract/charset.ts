import { detect } from 'jschardet';

/** Given to the detector: enough to be sure, little enough to be quick. */
const SAMPLE = 32_768;
/** Below it a guess is worse than the default. */
const LEAST_CONFIDENCE = 0.8;
/** What Western Windows wrote for twenty years; it decodes any byte. */
const DEFAULT = 'windows-1252';

const supported = (charset: string): string | undefined => {
  try {
    return new TextDecoder(charset).encoding;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** The charset of bytes that are not UTF-8, as a name that TextDecoder takes. */
export const detected = (bytes: Uint8Array): string => {
  const first = Math.max(0, bytes.findIndex((byte) => byte > 127) - SAMPLE / 2);
  const sample = Buffer.from(bytes.subarray(first, first + SAMPLE));
  const { encoding, confidence } = detect(sample);
  return encoding !== null && confidence >= LEAST_CONFIDENCE ? (supported(encoding) ?? DEFAULT) : DEFAULT;
};
