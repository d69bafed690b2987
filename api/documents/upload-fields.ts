import { z } from 'zod';
import { Tags } from '../schemas.ts';
import { Description, Title } from './schemas.ts';

const listOf = (value: string): unknown[] => {
  const trimmed = value.trim();
  if (!trimmed.startsWith('[')) return trimmed.split(',').filter((tag) => tag.trim() !== '');
  try {
    return JSON.parse(trimmed);
  } catch {
    return [null]; // no tag: judged, and refused, with the others
  }
};

/** Tags in a form: one a field, a JSON array, or separated by commas. */
const FormTags = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => [given].flat().flatMap(listOf))
  .pipe(Tags)
  .meta({ description: 'One a field, or a JSON array, or separated by commas; 50 at most' });

export const UPLOAD_FIELDS = {
  title: Title.optional(),
  description: Description.optional(),
  tags: FormTags,
};

export type UploadFields = z.output<z.ZodObject<typeof UPLOAD_FIELDS>>;
