import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TERRAFORM, writtenFromProgram } from './written-from-program.ts';

for (const [file, text] of Object.entries(writtenFromProgram())) await writeFile(join(TERRAFORM, file), text);
