import { z } from 'zod';
import { STAGE_NAMES } from '../common/domain/stage-name.ts';

/** What several routes speak of. */

/** The pattern behind it is long, and the format says it all. */
const withoutPattern = {
  override: ({ jsonSchema }: { jsonSchema: { pattern?: unknown } }) => void delete jsonSchema.pattern,
};

/** ISO 8601 in UTC. */
export const Time = z.iso.datetime().meta(withoutPattern);
/** ISO 8601 with any offset; told onward in UTC with milliseconds, so that it sorts. */
export const GivenTime = z.iso
  .datetime({ offset: true })
  .meta(withoutPattern)
  .transform((time) => new Date(time).toISOString());

export const Id = z.uuid().meta(withoutPattern);
export const ById = z.object({ id: Id });

const isPlain = (value: string): boolean => !value.includes('\0') && value.isWellFormed();
/** What a person writes. @param max UTF-16 units */
export const text = (max: number) => z.string().max(max).refine(isPlain, 'holds a NUL or half a character');

export const StageName = z.enum(STAGE_NAMES);

/** For lists. */
export const PAGING = {
  limit: z.coerce.number<string>().int().min(1).max(100).default(20),
  cursor: text(2_000).min(1).optional().meta({ description: "The last page's nextCursor" }),
};
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().optional().meta({ description: 'Absent on the last page' }),
  });

/** At most 50, each once. */
export const Tags = z
  .array(text(64).trim().min(1))
  .max(50)
  .transform((tags) => [...new Set(tags)]);
