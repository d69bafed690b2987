import pLimit from 'p-limit';
import { AppError, codeOf, PASSING } from '../../../../common/domain/errors.ts';
import { orUndefined } from '../../../../common/runtime/or-undefined.ts';
import type { DirectCalls, DirectPart, DirectUpload } from '../../client/direct-calls.ts';
import { type Patience, patiently } from '../../client/patience.ts';
import type { LocalFile } from '../local-file.ts';
import type { Stretch } from './cut.ts';

export interface SendingParts {
  readonly direct: Pick<DirectCalls, 'send' | 'read'>;
  readonly file: Pick<LocalFile, 'read' | 'size'>;
  readonly stretches: readonly Stretch[];
  /** Told which part of the file is there or has gone, from 0 to 1. */
  readonly onPart: (part: number) => void;
  readonly patience: Patience;
}

const PARTS_AT_ONCE = 4;
const NO_ADDRESS = new AppError('unavailable', 'The server does not say where to send the file. Try again.');

const missingOf = ({ parts }: DirectUpload): DirectPart[] => parts.filter(({ arrived }) => !arrived);

const lengthOf = ({ start, end }: Stretch): number => end - start;

/** Tells which part of the file is there, from what is there of each part. */
const telling = (upload: DirectUpload, { stretches, file, onPart }: SendingParts) => {
  const there = new Map<number, number>();
  for (const { partNumber, arrived } of upload.parts) {
    const stretch = stretches[partNumber - 1];
    if (arrived && stretch !== undefined) there.set(partNumber, lengthOf(stretch));
  }
  return (partNumber: number, bytes: number): void => {
    there.set(partNumber, bytes);
    onPart([...there.values()].reduce((sum, each) => sum + each, 0) / file.size);
  };
};

interface Round {
  /** Parts that got through. */
  readonly sent: number;
  /** The first. */
  readonly failure?: unknown;
}

/** Sends the parts that have an address, four at once; one that fails is left for the next round. */
const sendRound = async (upload: DirectUpload, sending: SendingParts): Promise<Round> => {
  const { direct, file, stretches, patience } = sending;
  const { signal } = patience;
  const tell = telling(upload, sending);
  let sent = 0;
  let failure: unknown;
  const send = async (part: DirectPart): Promise<void> => {
    const stretch = stretches[part.partNumber - 1];
    if (stretch === undefined || signal?.aborted) return;
    try {
      const body = { size: lengthOf(stretch), read: () => file.read(stretch) };
      await direct.send(part, body, { signal, onBytes: (bytes) => tell(part.partNumber, bytes) });
      sent += 1;
    } catch (error) {
      failure ??= error;
      tell(part.partNumber, 0);
    }
  };
  const addressed = missingOf(upload).filter(({ url }) => url !== undefined);
  await pLimit(PARTS_AT_ONCE).map(addressed, send);
  signal?.throwIfAborted();
  return { sent, failure };
};

/**
 * Sends what has not arrived. After each round, and so after each break, the server is asked what is there and where
 * the rest goes; it goes on as long as some part gets through. Resolves when all are there, or the server knows no such
 * upload any more. Throws what stands in the way, and an AbortError.
 */
export const sendMissing = async (begun: DirectUpload, sending: SendingParts): Promise<void> => {
  const { direct, patience } = sending;
  let upload: DirectUpload | undefined = begun;
  let isOld = false;
  let refusals = 0;
  /** True when there is nothing left to do. */
  const step = async (): Promise<boolean> => {
    if (isOld) upload = await direct.read(begun.uploadId, patience.signal).catch(orUndefined('not_found'));
    isOld = true;
    if (upload === undefined || missingOf(upload).length === 0) return true;
    const { sent, failure = NO_ADDRESS } = await sendRound(upload, sending);
    refusals = sent > 0 ? 0 : refusals + 1;
    // An address may just have ended: the first refusal is answered by asking for new ones.
    if (sent === 0 && (refusals > 1 || PASSING.has(codeOf(failure)))) throw failure;
    return false;
  };
  while (!(await patiently(step, patience)));
};
