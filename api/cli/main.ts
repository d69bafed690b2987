#!/usr/bin/env node
import { homedir } from 'node:os';
import { AppError } from '../../common/domain/errors.ts';
import { stopOn } from '../../common/runtime/stopping.ts';
import { run } from './run.ts';
import { createPrompt } from './terminal/prompt.ts';

const { stdin, stdout, stderr } = process;

/** A reader that has left (`| head`) is no fault of ours. */
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const readInput = async (maxBytes: number): Promise<string> => {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stdin as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxBytes) throw new AppError('invalid', `Standard input is over ${maxBytes} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
};

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  platform: process.platform,
  home: homedir(),
  cwd: process.cwd(),
  stdout,
  stderr,
  progress: stderr,
  prompt: stdin.isTTY && stderr.isTTY ? createPrompt({ stdin, stderr }) : undefined,
  readInput,
  signal: stopOn('SIGINT', 'SIGTERM'),
});
