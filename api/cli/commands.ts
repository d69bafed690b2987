import type { Command } from './command.ts';
import { add } from './commands/add.ts';
import { ask } from './commands/ask.ts';
import { login } from './commands/login.ts';
import { logout } from './commands/logout.ts';
import { ls } from './commands/ls.ts';
import { rm } from './commands/rm.ts';
import { search } from './commands/search.ts';
import { status } from './commands/status.ts';

/** The whole command line on one screen. */
export const commands: Readonly<Record<string, Command>> = { login, logout, add, ls, status, search, ask, rm };
