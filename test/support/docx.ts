import { zipSync } from 'fflate';

const NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';

const xml = (text: string): Uint8Array => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`);

/** @param style the id of its paragraph style */
export const paragraph = (text: string, style?: string): string => {
  const properties = style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
};

export const table = (rows: readonly (readonly string[])[]): string => {
  const row = (cells: readonly string[]): string =>
    `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`;
  return `<w:tbl>${rows.map(row).join('')}</w:tbl>`;
};

/** @param styles the names of paragraph styles by their ids */
export const docxOf = (body: string, styles: Readonly<Record<string, string>> = {}): Buffer => {
  const style = ([id, name]: [string, string]): string =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;
  const parts = {
    '[Content_Types].xml': xml(TYPES),
    'word/document.xml': xml(`<w:document ${NAMESPACE}><w:body>${body}</w:body></w:document>`),
    'word/styles.xml': xml(`<w:styles ${NAMESPACE}>${Object.entries(styles).map(style).join('')}</w:styles>`),
  };
  return Buffer.from(zipSync(parts, { level: 9 }));
};
