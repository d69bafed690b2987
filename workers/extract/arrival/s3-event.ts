import { z } from 'zod';
import { checked } from '../../../common/runtime/checked.ts';

/** An object that S3 says was created. */
export interface Arrival {
  readonly bucket: string;
  readonly key: string;
  /** Hexadecimal: tells which of two events of one key is the later. */
  readonly sequencer: string;
}

const Event = z.object({
  Records: z.array(
    z.object({
      eventSource: z.literal('aws:s3'),
      eventName: z.string(),
      s3: z.object({
        bucket: z.object({ name: z.string() }),
        object: z.object({
          key: z.string(),
          sequencer: z
            .string()
            .regex(/^[0-9a-f]+$/i)
            .default('0'),
        }),
      }),
    }),
  ),
});

/** What S3 sends when a notification is set up. */
const Test = z.object({ Event: z.literal('s3:TestEvent') });

export const isS3Event = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && ('Records' in body || 'Event' in body);

/** The originals that may have come in; none in a TestEvent, or in one about removals. Throws `invalid`. */
export const arrivalsIn = (body: unknown): Arrival[] => {
  if (Test.safeParse(body).success) return [];
  return checked(Event, body, 'The S3 event is')
    .Records.filter(({ eventName }) => eventName.startsWith('ObjectCreated:'))
    .map(({ s3: { bucket, object } }) => ({
      bucket: bucket.name,
      key: decoded(object.key),
      sequencer: object.sequencer,
    }));
};

/** Keys come as a form's fields do: spaces as '+', the rest in per cent. */
const decoded = (key: string): string => {
  const spaced = key.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced; // not of our making: names no original
  }
};
