import type { FileOutcome } from './outcome.ts';
import { faultOf } from './reasons.ts';
import { type Sending, type Sent, sendFile } from './send-file.ts';
import type { Tally } from './tally.ts';
import { takenAs } from './waiting-list.ts';
import type { Found, FoundFile } from './walk.ts';
import type { Watch } from './watch.ts';

/** What is done with all that a walk finds. */
export interface Bringing {
  readonly sending: Omit<Sending, 'onPart'>;
  readonly tally: Tally;
  readonly tell: (outcome: FileOutcome) => void;
  readonly ignore: () => void;
  /** Absent where nobody waits for the end of the processing. */
  readonly watch: Watch | undefined;
}

const isSent = (result: Sent | FileOutcome): result is Sent => result.status !== undefined;

/** What was named itself and cannot be taken is a failure; what was met in a folder is passed over. */
const sentOrNot = async (found: FoundFile, { sending, tally }: Bringing): Promise<Sent | FileOutcome> => {
  try {
    return await sendFile(found, { ...sending, onPart: (part) => tally.sending(found.path, part) });
  } catch (error) {
    const { unsuitable, reason } = faultOf(error);
    return { fileName: found.name, outcome: unsuitable && !found.named ? 'skipped' : 'failed', reason };
  }
};

/** Sends one file, and tells or has told what became of it. Throws what stands in the way of all files. */
export const bring = async (found: Found, bringing: Bringing): Promise<void> => {
  const { tally, tell, ignore, watch } = bringing;
  if (found.kind === 'ignored') return ignore();
  if (found.kind !== 'file') return tell({ fileName: found.name, outcome: found.kind, reason: found.reason });
  const result = await sentOrNot(found, bringing);
  const underWay = isSent(result) && result.status !== 'ready';
  tally.brought(found.path, result.outcome, underWay);
  if (!isSent(result)) return tell(result);
  if (underWay && watch !== undefined) return watch.add(result);
  tell(takenAs(result, underWay ? 'processing' : 'ready'));
};
