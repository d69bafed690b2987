import formats from '../formats.json' with { type: 'json' };

/** How a file is kept and read. */
export interface Format {
  /** Canonical, lower case, without the dot. */
  readonly extension: string;
  readonly mediaType: string;
}

const FALLBACK: Format = { extension: 'txt', mediaType: formats.txt.mediaType };
const SOURCE: ReadonlySet<string> = new Set(formats.txt.source);
const BY_EXTENSION: ReadonlyMap<string, Format> = new Map(
  Object.entries(formats).flatMap(([extension, { mediaType, extensions }]) =>
    extensions.map((other): [string, Format] => [other, { extension, mediaType }]),
  ),
);

/** What follows the last dot, in lower case; the whole name where there is no dot ('Dockerfile', '.gitignore'). */
export const extensionOf = (fileName: string): string => {
  const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  return base.slice(base.lastIndexOf('.') + 1).toLowerCase();
};

/** The format that a name promises. Source code, and what no format claims, is plain text. */
export const formatOf = (fileName: string): Format => BY_EXTENSION.get(extensionOf(fileName)) ?? FALLBACK;

/** True for programs, their settings and scripts: text that breaks at lines and declarations. */
export const isSource = (fileName: string): boolean => SOURCE.has(extensionOf(fileName));
