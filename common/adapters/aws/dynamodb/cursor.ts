import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';

const LONGEST = 4_000;

/** A place in a list, as text that means nothing to people. */
export const cursorOf = (position: unknown): string => Buffer.from(JSON.stringify(position)).toString('base64url');

/** Throws `invalid` for a text that is not the cursor of such a position. */
export const positionOf = <Position>(shape: z.ZodType<Position>, cursor: string): Position => {
  try {
    return shape.parse(JSON.parse(Buffer.from(z.string().max(LONGEST).parse(cursor), 'base64url').toString()));
  } catch (cause) {
    throw new AppError('invalid', 'The cursor is not one of ours: leave it out to start from the beginning.', {
      cause,
    });
  }
};
