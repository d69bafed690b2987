import type { Mark, Reader } from '../reading.ts';
import { type Declaration, declarationIn } from '../text/declaration.ts';
import { decoded } from '../text/decode.ts';
import { linesOf } from '../text/lines.ts';

/** Of a line, enough to see what it declares. */
const LOOKED_AT = 200;
/** Deeper declarations are details of their parents. */
const DEEPEST = 4;
const TAB_WIDTH = 4;

const COMMENT = /^(?:\/\/|\/\*|\*|#|--|;|%|"""|@|\[<|\[[A-Z]\w*[\](]|<!--)/;
/** What goes on with, or ends, what stands above. */
const CONTINUES =
  /^(?:[)}\]>]|end\b|else\b|elif\b|except\b|finally\b|catch\b|fi\b|done\b|esac\b|\{|EOF\b|where\b|(?:public|private|protected)\s*:)/;

const widthOf = (indentation: string): number => indentation.replaceAll('\t', ' '.repeat(TAB_WIDTH)).length;

interface Open extends Declaration {
  readonly indentation: number;
}

/** Keeps the declarations that enclose a line, by indentation. */
const enclosing = () => {
  const open: Open[] = [];
  return {
    within(indentation: number): 'top' | 'container' | 'body' {
      while ((open.at(-1)?.indentation ?? -1) >= indentation) open.pop();
      if (indentation === 0) return 'top';
      return open.at(-1)?.container === true ? 'container' : 'body';
    },
    /** The level, from 1, of what is declared now. */
    enter: (declaration: Declaration, indentation: number): number => open.push({ ...declaration, indentation }),
  };
};

interface CodeLine {
  /** Of the line, or of the comments and decorators right above it. */
  readonly start: number;
  readonly line: string;
  readonly indentation: number;
}

/** The lines that may declare something; comments go with the line below them. */
function* statementsOf(text: string): Generator<CodeLine> {
  let comment: number | undefined;
  for (const { start, end } of linesOf(text)) {
    const whole = text.slice(start, Math.min(end, start + LOOKED_AT));
    const line = whole.trimStart();
    if (COMMENT.test(line)) {
      comment ??= start;
    } else if (line === '') {
      comment = undefined;
    } else if (!CONTINUES.test(line)) {
      yield { start: comment ?? start, line, indentation: widthOf(whole.slice(0, whole.length - line.length)) };
      comment = undefined;
    }
  }
}

/** Where declarations begin, each with its comments, and where the outermost ones have ended. */
export function* declarationsOf(text: string): Generator<Mark> {
  const scopes = enclosing();
  let named = false;
  for (const { start, line, indentation } of statementsOf(text)) {
    const declaration = declarationIn(line, scopes.within(indentation));
    if (declaration !== undefined) {
      const level = scopes.enter(declaration, indentation);
      if (level <= DEEPEST) yield { start, level, title: declaration.name };
    } else if (indentation === 0 && named) {
      yield { start, level: 1, title: '' };
    }
    if (indentation === 0) named = declaration !== undefined;
  }
}

export const read: Reader = async (bytes) => {
  const { text, verbatim } = await decoded(bytes);
  return { text, verbatim, kind: 'code', marks: declarationsOf(text) };
};
