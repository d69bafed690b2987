import { fileURLToPath } from 'node:url';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { AppError } from '../../../common/domain/errors.ts';
import type { Reader } from '../reading.ts';
import { pdfFlow } from '../text/pdf-flow.ts';
import { inReadingOrder } from '../text/pdf-order.ts';
import { type Segment, segmentsOf } from '../text/pdf-segments.ts';

const LOCKED = 'The PDF is encrypted; upload an unlocked copy.';
const IMAGES_ONLY =
  'The PDF holds only images or scans, and no text; run text recognition (OCR) on it and upload the result.';
const DAMAGED = 'No page of the PDF could be read: it is damaged; save it again from the program that made it.';

/** pdf.js names them when it loads, for drawing, which is not done here. */
const DRAWING = ['DOMMatrix', 'ImageData', 'Path2D'];

const loaded = async () => {
  for (const name of DRAWING) if (!(name in globalThis)) Object.assign(globalThis, { [name]: class {} });
  return import('pdfjs-dist/legacy/build/pdf.mjs');
};

/** With slashes, as pdf.js wants it on any system. */
const folder = (name: string): string =>
  fileURLToPath(import.meta.resolve(`pdfjs-dist/${name}/`)).replaceAll('\\', '/');

const opened = async (bytes: Uint8Array) => {
  const { getDocument, VerbosityLevel } = await loaded();
  return getDocument({
    data: bytes,
    cMapUrl: folder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: folder('standard_fonts'),
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    verbosity: VerbosityLevel.ERRORS,
  });
};

const segmentsOfPage = async (document: PDFDocumentProxy, pageNumber: number): Promise<readonly Segment[]> => {
  const page = await document.getPage(pageNumber);
  const { items } = await page.getTextContent();
  page.cleanup();
  const texts = items.filter((item) => 'str' in item);
  return inReadingOrder(segmentsOf(texts, page.getViewport({ scale: 1 }).transform));
};

/** A page that is damaged counts as empty; all of them, as a damaged file. */
const pagesOf = async (document: PDFDocumentProxy): Promise<(readonly Segment[])[]> => {
  const pages: (readonly Segment[])[] = [];
  const failures: unknown[] = [];
  for (let pageNumber = 1; pageNumber <= document.numPages; pageNumber += 1) {
    try {
      pages.push(await segmentsOfPage(document, pageNumber));
    } catch (error) {
      failures.push(error);
      pages.push([]);
    }
  }
  if (failures.length === pages.length) throw new AppError('unreadable', DAMAGED, { cause: failures[0] });
  return pages;
};

/** What programs write when nobody gave a title, and around it. */
const NO_TITLE = /^(?:untitled.*|\(anonymous\)|none)?$/i;
const PROGRAM = /^Microsoft \w+ - /;

const titleOf = async (document: PDFDocumentProxy): Promise<string | undefined> => {
  const { info } = await document.getMetadata();
  const title = 'Title' in info && typeof info.Title === 'string' ? info.Title.replace(PROGRAM, '').trim() : '';
  return NO_TITLE.test(title) ? undefined : title;
};

/** Page by page, in reading order; lines and paragraphs are kept. */
export const read: Reader = async (bytes) => {
  const task = await opened(bytes);
  try {
    const document = await task.promise;
    const { text, marks, pageStarts } = pdfFlow(await pagesOf(document));
    if (text.trim() === '') throw new AppError('unreadable', IMAGES_ONLY);
    const heading = marks.find(({ level, start }) => level === 1 && start < (pageStarts[1] ?? text.length))?.title;
    return { text, marks, pageStarts, kind: 'prose', title: (await titleOf(document)) ?? heading };
  } catch (error) {
    const locked = error instanceof Error && error.name === 'PasswordException';
    throw locked ? new AppError('unreadable', LOCKED, { cause: error }) : error;
  } finally {
    await task.destroy();
  }
};
