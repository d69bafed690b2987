const BLOCK = /^(variable|output) "([\w-]+)" \{\n([\s\S]*?)^\}/gm;
const FILES = ['main.tf', 'variables.tf', 'outputs.tf', 'versions.tf'];
const LINES_MOST = 200;

/** Files of one module, by name. */
export type ModuleFiles = Readonly<Record<string, string>>;

/** What a reader of a module would miss: a description, a type, a file in its place, a file that is short enough. */
export const faultsOf = (files: ModuleFiles): string[] => [
  ...FILES.filter((file) => !(file in files)).map((file) => `${file} is missing`),
  ...Object.entries(files).flatMap(([file, text]) => [
    ...[...text.matchAll(BLOCK)].flatMap(([, kind = '', name = '', body = '']) =>
      blockFaults(file, { kind, name, body }),
    ),
    ...(text.split('\n').length > LINES_MOST && file !== 'variables.tf'
      ? [`${file} has over ${LINES_MOST} lines`]
      : []),
  ]),
];

interface Block {
  readonly kind: string;
  readonly name: string;
  readonly body: string;
}

const blockFaults = (file: string, { kind, name, body }: Block): string[] => [
  ...(file === `${kind}s.tf` ? [] : [`${kind} ${name} is in ${file}`]),
  ...(/^ {2}description = "\S.*\."$/m.test(body) ? [] : [`${kind} ${name} has no description that is a sentence`]),
  ...(kind === 'output' || /^ {2}type\s+= \S/m.test(body) ? [] : [`variable ${name} has no type`]),
];
