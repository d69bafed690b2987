import { isSource } from '../../../common/domain/format.ts';
import type { Reader } from '../reading.ts';

type Load = () => Promise<{ readonly read: Reader }>;

const SOURCE: Load = () => import('./code.ts');
const PLAIN: Load = () => import('./text.ts');

/** A reader for each canonical extension; loaded when first needed, for some weigh 30 MB. */
const READERS: Readonly<Record<string, Load>> = {
  csv: () => import('./csv.ts'),
  docx: () => import('./docx.ts'),
  html: () => import('./html.ts'),
  json: () => import('./json.ts'),
  md: () => import('./md.ts'),
  pdf: () => import('./pdf.ts'),
  txt: PLAIN,
  yaml: () => import('./yaml.ts'),
};

/** What no reader claims is tried as plain text. */
export const readerFor = async (extension: string, fileName: string): Promise<Reader> => {
  const load = extension === 'txt' && isSource(fileName) ? SOURCE : (READERS[extension] ?? PLAIN);
  return (await load()).read;
};
