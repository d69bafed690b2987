import { Tokenizer } from 'htmlparser2';

/** What a tag says, all in lower case but the values. */
export interface OpenTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface HtmlHandler {
  open(tag: OpenTag): void;
  close(name: string): void;
  text(text: string): void;
}

/** More of one tag are not looked at. */
const MOST_ATTRIBUTES = 64;
const LONGEST_VALUE = 1024;

const ignore = (): void => undefined;

/**
 * Tags and text in their order, entities decoded, comments left out. Keeps no stack, so that any nesting, or a million
 * tags that nobody closes, take linear time.
 */
export const htmlEvents = (html: string, { open, close, text }: HtmlHandler): void => {
  let [name, attribute, value] = ['', '', ''];
  let attributes = new Map<string, string>();
  const opened = (): void => open({ name, attributes });
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => text(html.slice(start, end)),
      ontextentity: (codePoint) => text(String.fromCodePoint(codePoint)),
      onopentagname: (start, end) => {
        name = html.slice(start, end).toLowerCase();
        attributes = new Map();
      },
      onattribname: (start, end) => {
        attribute = html.slice(start, Math.min(end, start + LONGEST_VALUE)).toLowerCase();
        value = '';
      },
      onattribdata: (start, end) => {
        if (value.length < LONGEST_VALUE) value += html.slice(start, Math.min(end, start + LONGEST_VALUE));
      },
      onattribentity: (codePoint) => {
        if (value.length < LONGEST_VALUE) value += String.fromCodePoint(codePoint);
      },
      onattribend: () => {
        if (attributes.size < MOST_ATTRIBUTES && !attributes.has(attribute)) attributes.set(attribute, value);
      },
      onopentagend: opened,
      onselfclosingtag: opened,
      onclosetag: (start, end) => close(html.slice(start, end).toLowerCase()),
      oncdata: (start, end) => text(html.slice(start, end)),
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: ignore,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
};
