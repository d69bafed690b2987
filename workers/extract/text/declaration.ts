/** Something that a line of source code declares. */
export interface Declaration {
  readonly name: string;
  /** Holds members: a class, a namespace, a suite of tests. */
  readonly container: boolean;
}

const CONTAINERS =
  'class|interface|struct|enum|trait|impl|module|mod|namespace|object|record|protocol|extension|union|service|defmodule|contract|library|actor';
const OTHERS =
  'def|defp|defmacro|fn|func|function|fun|sub|proc|procedure|type|typedef|macro|message|rpc|resource|variable|output|provider|data(?=\\s+")';
const MODIFIERS =
  'export|default|public|private|protected|internal|static|abstract|final|sealed|partial|async|override|virtual|pub|unsafe|extern|declare|inline|const|open|data(?=\\s+\\w)|suspend|local|readonly|case|implicit|global|fileprivate|external|@\\w+';

const MODIFIED = new RegExp(`^(?:(?:${MODIFIERS})(?:\\([\\w:]*\\))?\\s+)*`);
const KEYWORD = new RegExp(`^(?:(${CONTAINERS})|(?:${OTHERS}))\\*?(?=[\\s<(])\\s*(.*)$`);
const SQL =
  /^(?:create|alter)\s(?:[\w ]*\s)?(?:table|view|index|function|procedure|trigger|type)\s+(?:if\s+not\s+exists\s+)?([\w."[\]`]+)/i;
const SUITE = /^(describe|context|suite|it|test)(?:\.\w+)?\(\s*["'`]([^"'`]+)/;
const TEST_MACRO = /^TEST\w*\((\w+)\s*,\s*(\w+)/;
const BINDING =
  /^(?:(?:export|declare|public|private|protected|internal|pub)\s+)*(?:const|let|var|val)\s+([\w$]+)\s*[:=]/;

const RECEIVER = /^\([^)]*\)\s*/;
const TYPE_PARAMETERS = /^<(?:[^<>]|<[^<>]*>)*>\s*/;
const TRAIT_FOR = /^.*\sfor\s+/;
const NAME = /^[\p{L}_$~][\p{L}\p{N}_$.:-]*/u;
const QUOTED = /^"([^"]*)"(?:\s+"([^"]*)")?/;

/** What follows a keyword: a name, or as Terraform has it `"type" "name"`. */
const named = (rest: string, container?: string): Declaration | undefined => {
  const quoted = QUOTED.exec(rest);
  if (quoted !== null) return { name: quoted.slice(1).filter(Boolean).join('.'), container: false };
  const bare = container === 'impl' ? rest.replace(TRAIT_FOR, '') : rest;
  const name = NAME.exec(bare.replace(RECEIVER, '').replace(TYPE_PARAMETERS, ''))?.[0].replace(/[.:-]+$/, '');
  const elsewhere = container !== undefined && rest.trimEnd().endsWith(';'); // `mod color;` says where, not what
  return name === undefined || elsewhere ? undefined : { name, container: container !== undefined };
};

/** Words that stand before a parenthesis and declare nothing. */
const CONTROL =
  /^(?:if|for|foreach|while|until|switch|match|catch|return|else|elif|elsif|unless|do|with|when|new|throw|await|yield|assert|echo|case|super|using|lock|guard|select|and|or|not|in|require|include|import)$/;

/** A function without a keyword: its type, if any, and its name before the parenthesis. */
const HEAD = /^([\w\s<>,[\]*&:?~.]*[\s*&>])?([\p{L}_$~#][\p{L}\p{N}_$:~]*)\s*(?:<[^<>]*>)?$/u;

const callable = (line: string): Declaration | undefined => {
  const head = HEAD.exec(line.slice(0, Math.max(0, line.indexOf('('))).trimEnd());
  const [first, name] = [head?.[1]?.trim().split(/\s/)[0] ?? '', head?.[2]];
  if (name === undefined || CONTROL.test(name) || CONTROL.test(first) || /:\s/.test(head?.[1] ?? '')) return undefined;
  const opens = first === '' ? /\)[^()=]*\{$/ : /[{(,)]$/;
  return opens.test(line) && !/\bfunction\b|=>/.test(line) ? { name, container: false } : undefined;
};

/**
 * What a line of source code declares, judged by its looks, in any of the common languages.
 * @param line without indentation
 * @param within where it stands: at the outermost level, directly in a container, or deeper
 */
export const declarationIn = (line: string, within: 'top' | 'container' | 'body'): Declaration | undefined => {
  const suite = SUITE.exec(line);
  if (suite?.[2] !== undefined) return { name: suite[2], container: suite[1] !== 'it' && suite[1] !== 'test' };
  const test = TEST_MACRO.exec(line);
  if (test !== null) return { name: test.slice(1).join('.'), container: false };
  const bare = line.replace(MODIFIED, '');
  const keyword = KEYWORD.exec(bare);
  if (keyword?.[2] !== undefined && !/^[=:,;)]/.test(keyword[2])) return named(keyword[2], keyword[1]);
  const name = SQL.exec(line)?.[1] ?? (within === 'top' ? BINDING.exec(line)?.[1] : undefined);
  if (name !== undefined) return { name, container: false };
  return within === 'body' ? undefined : callable(line.trimEnd());
};
