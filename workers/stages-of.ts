import { AppError } from '../common/domain/errors.ts';
import { STAGE_NAMES, type StageName } from '../common/domain/stage-name.ts';

/** The stages that the command line names; all of them when it names none. Throws `invalid`. */
export const stagesOf = (words: readonly string[]): readonly StageName[] => {
  const unknown = words.filter((word) => !STAGE_NAMES.includes(word as StageName));
  if (unknown.length > 0) {
    throw new AppError('invalid', `There is no stage ${unknown.join(', ')}. Stages: ${STAGE_NAMES.join(', ')}.`);
  }
  return words.length === 0 ? STAGE_NAMES : (words as StageName[]);
};
