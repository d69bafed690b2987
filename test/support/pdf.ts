/** Text on a page: in points from the lower left corner, as PDF has it. */
export interface PdfText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
}

interface PdfOptions {
  readonly title?: string;
  /** Locked with a password that nobody knows. */
  readonly encrypted?: boolean;
  /** Content of a page that is drawn over and over, in forms that draw forms: `width` to the power of `depth` times. */
  readonly nested?: { readonly width: number; readonly depth: number };
}

const escaped = (text: string): string => text.replace(/[\\()]/g, '\\$&');

const shown = ({ text, x, y, size = 12 }: PdfText): string =>
  `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped(text)}) Tj ET`;

const stream = (content: string, entries = ''): string =>
  `<< ${entries} /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`;

const RESOURCES = '/Resources << /Font << /F1 3 0 R >> >>';

/** Form number `at` draws the next one `width` times. */
const formsOf = ({ width, depth }: { width: number; depth: number }, first: number): string[] =>
  Array.from({ length: depth }, (_, at) => {
    const next = at + 1 < depth ? `/XObject << /X ${first + at + 1} 0 R >>` : '/Font << /F1 3 0 R >>';
    const content = at + 1 < depth ? '/X Do '.repeat(width) : 'BT /F1 9 Tf (again) Tj ET';
    return stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << ${next} >>`);
  });

const LOCK = `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'61'.repeat(32)}> /U <${'62'.repeat(32)}> >>`;

/** A small PDF, in Helvetica: pages of texts, drawn in the given order. */
export const pdfOf = (pages: readonly (readonly PdfText[])[], options: PdfOptions = {}): Buffer => {
  const { title, encrypted = false, nested } = options;
  const firstPage = 5;
  const firstForm = firstPage + 2 * pages.length;
  const resources = nested === undefined ? RESOURCES : `/Resources << /XObject << /X ${firstForm} 0 R >> >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${firstPage + 2 * at} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    title === undefined ? '<< >>' : `<< /Title (${escaped(title)}) >>`,
    ...pages.flatMap((texts, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${resources} /Contents ${firstPage + 2 * at + 1} 0 R >>`,
      stream(nested === undefined ? texts.map(shown).join('\n') : '/X Do'),
    ]),
    ...(nested === undefined ? [] : formsOf(nested, firstForm)),
    ...(encrypted ? [LOCK] : []),
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const lock = encrypted ? `/Encrypt ${objects.length} 0 R /ID [<aa> <bb>]` : '';
  const trailer = `<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R ${lock} >>`;
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  return Buffer.from(`${file}${xref}trailer\n${trailer}\nstartxref\n${file.length}\n%%EOF\n`, 'latin1');
};

/** Lines of a page, downwards from the top. */
export const linesAt = (x: number, lines: readonly string[], top = 720): PdfText[] =>
  lines.map((text, at) => ({ text, x, y: top - 14 * at }));
