import { type OfficeContentNode, type OfficeError, OfficeErrorType, OfficeParser } from 'officeparser';
import { AppError } from '../../../common/domain/errors.ts';
import type { Reader } from '../reading.ts';
import { type TextBuilder, textBuilder } from '../text/builder.ts';
import { headingStyles } from '../text/docx-styles.ts';

/** Of what is packed in a file. */
const MOST_BYTES = 256 * 1024 * 1024;

const LOCKED = new Set<string | undefined>([
  OfficeErrorType.PASSWORD_REQUIRED,
  OfficeErrorType.PASSWORD_INCORRECT,
  OfficeErrorType.DOCUMENT_DECRYPTION_FAILED,
]);
const BOMBS = new Set<string | undefined>([
  OfficeErrorType.ZIP_SIZE_LIMIT_EXCEEDED,
  OfficeErrorType.ZIP_ENTRY_COUNT_LIMIT_EXCEEDED,
  OfficeErrorType.XML_ELEMENT_LIMIT_EXCEEDED,
]);

const reasonOf = (error: unknown): unknown => {
  const code = (error as OfficeError).officeIssue?.code;
  if (LOCKED.has(code)) {
    return new AppError('unreadable', 'The document is locked with a password; upload an unlocked copy.', {
      cause: error,
    });
  }
  if (!BOMBS.has(code)) return error;
  const reason = 'The document unpacks to more than can be read; split it, or save it without what it embeds.';
  return new AppError('unreadable', reason, { cause: error });
};

const flat = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();

/** All text under a node on one line. */
const cellText = ({ text, children = [] }: OfficeContentNode): string =>
  flat(children.some(({ type }) => type !== 'text') ? children.map(cellText).join(' ') : (text ?? ''));

const writer = (built: TextBuilder, styles: ReadonlyMap<string, number>) => {
  const levelOf = ({ type, metadata }: OfficeContentNode): number | undefined => {
    const style = metadata !== undefined && 'style' in metadata ? metadata.style : undefined;
    if (type === 'heading') return metadata?.level;
    return type === 'paragraph' && typeof style === 'string' ? styles.get(style) : undefined;
  };

  const table = ({ children: rows = [] }: OfficeContentNode): void => {
    built.block();
    for (const { children: cells = [] } of rows) {
      built.line();
      built.run(cells.map(cellText).join(' | '));
    }
    built.block();
  };

  const item = (node: OfficeContentNode & { type: 'list' }): void => {
    const { indentation = 0, listType, itemIndex = 0 } = node.metadata ?? {};
    built.line();
    built.run(
      `${'  '.repeat(indentation)}${listType === 'ordered' ? `${itemIndex + 1}.` : '-'} ${flat(node.text ?? '')}`,
    );
  };

  const paragraph = (node: OfficeContentNode): void => {
    const [text, level] = [node.text?.trim() ?? '', levelOf(node)];
    built.block();
    if (text !== '' && level !== undefined) built.mark(level, text);
    built.run(text);
    built.block();
  };

  const write = (node: OfficeContentNode): void => {
    if (node.type === 'table') table(node);
    else if (node.type === 'list') item(node);
    else if (node.type === 'paragraph' || node.type === 'heading' || node.children === undefined) paragraph(node);
    else for (const child of node.children) write(child);
    for (const note of node.notes ?? []) paragraph(note);
  };
  return write;
};

/** Headings are sections, list items and table rows lines; footnotes stand after their paragraph. */
export const read: Reader = async (bytes) => {
  const config = {
    fileType: 'docx',
    ignoreComments: true,
    ignoreHeadersAndFooters: true,
    decompressionLimits: { maxUncompressedBytes: MOST_BYTES },
  } as const;
  const { content, metadata } = await OfficeParser.parseOffice(bytes, config).catch((error: unknown) => {
    throw reasonOf(error);
  });
  const built = textBuilder();
  content.forEach(writer(built, headingStyles(bytes)));
  const { text, marks } = built.done();
  return { text, marks, kind: 'prose', title: metadata.title ?? marks.find(({ level }) => level === 1)?.title };
};
