import type { Findings } from '../../../common/ports/extractor.ts';
import type { Reading } from '../reading.ts';
import { keywordsOf } from './keywords.ts';
import { languageOf } from './language.ts';
import { sampleOf } from './sample.ts';

const PREVIEW = 500;
const LONGEST_TITLE = 200;

export type Description = Pick<Findings, 'textLength' | 'title' | 'language' | 'pageCount' | 'preview' | 'keywords'>;

/** Never half of a surrogate pair. */
const start = (text: string, length: number): string => {
  const cut = text.slice(0, length);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
};

const titled = (title: string | undefined): string =>
  start(
    (title ?? '')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .toWellFormed(),
    LONGEST_TITLE,
  );

/** What is worth knowing of a text without reading it. The language of a program is not asked for. */
export const describe = async ({ text, kind, title, pageStarts }: Reading): Promise<Description> => {
  const sample = sampleOf(text);
  const language = kind === 'prose' ? await languageOf(sample) : undefined;
  const named = titled(title);
  return {
    textLength: text.length,
    ...(named === '' ? {} : { title: named }),
    ...(language === undefined ? {} : { language }),
    ...(pageStarts === undefined ? {} : { pageCount: pageStarts.length }),
    preview: start(text, PREVIEW),
    keywords: keywordsOf(sample, language),
  };
};
