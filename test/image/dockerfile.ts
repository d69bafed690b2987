/** One line of a Dockerfile, with its continuations. */
export interface Instruction {
  /** Upper case. */
  readonly name: string;
  readonly flags: Readonly<Record<string, string>>;
  /** All after the flags; of the exec form, the list that it is. */
  readonly value: string | readonly string[];
}

export interface BuildStage {
  readonly image: string;
  /** As `AS` calls it, or its number. */
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

const LINE = /^([A-Z]+)\s+((?:--[a-z-]+=\S+\s+)*)(.*)$/s;
const FLAG = /--([a-z-]+)=(\S+)/g;
const FROM = /^(\S+)(?:\s+AS\s+(\S+))?$/;

/** The stages of a Dockerfile. Throws for what it cannot read: build arguments, here-documents, parser directives. */
export const stagesOf = (text: string): BuildStage[] => {
  const stages: (BuildStage & { instructions: Instruction[] })[] = [];
  for (const line of linesOf(text)) {
    const instruction = instructionOf(line);
    if (instruction.name !== 'FROM') {
      const stage = stages.at(-1);
      if (stage === undefined) throw new Error(`${line}: nothing is built FROM an image yet`);
      stage.instructions.push(instruction);
      continue;
    }
    const [, image = '', name = String(stages.length)] = FROM.exec(String(instruction.value)) ?? [];
    stages.push({ image, name, instructions: [] });
  }
  return stages;
};

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');

const instructionOf = (line: string): Instruction => {
  const [, name = '', flags = '', rest] = LINE.exec(line.trim()) ?? [];
  if (rest === undefined || /\$|<</.test(rest)) throw new Error(`not understood: ${line}`);
  return {
    name,
    flags: Object.fromEntries([...flags.matchAll(FLAG)].map(([, flag = '', value = '']) => [flag, value])),
    value: rest.startsWith('[') ? (JSON.parse(rest) as string[]) : rest,
  };
};

/** The last one of its name in a stage. */
export const lastOf = ({ instructions }: BuildStage, name: string): Instruction | undefined =>
  instructions.findLast((instruction) => instruction.name === name);
