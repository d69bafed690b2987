import { AppError, codeOf } from '../../../common/domain/errors.ts';
import { type Context, command } from '../command.ts';
import { requireOwnLogin } from '../config.ts';
import { EXIT } from '../exit.ts';

const MAX_PASSWORD_BYTES = 4_096;
const MIN_PASSWORD = 8;
const OPEN = 'Careful: the password goes over the network without encryption; better use an https address.';

interface Given {
  readonly email?: string | undefined;
  readonly password?: string | undefined;
  readonly passwordStdin: boolean;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
}

const asked = async ({ prompt }: Context, question: string, option: string): Promise<string> => {
  if (prompt === undefined) throw new AppError('invalid', `Nobody can be asked here: give ${option}.`);
  return prompt.ask(`${question}: `);
};

/** A line's end that `echo` has put there is none of the password's. */
const passwordOf = async (context: Context, { password, passwordStdin }: Given): Promise<string> => {
  if (password !== undefined) return password;
  if (passwordStdin) return (await context.readInput(MAX_PASSWORD_BYTES)).replace(/\r?\n$/, '');
  if (context.prompt === undefined) throw new AppError('invalid', 'Nobody can be asked here: give --password-stdin.');
  return context.prompt.secret('Password: ');
};

/** Whether others on the network could read what is sent. */
export const isOpenToOthers = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
};

const register = async (context: Context, given: Given, known: { email: string; password: string }): Promise<void> => {
  const firstName = given.firstName ?? (await asked(context, 'First name', '--first-name'));
  const lastName = given.lastName ?? (await asked(context, 'Last name', '--last-name'));
  await context.client.register({ ...known, firstName, lastName }, context.signal);
};

/** Nobody but the person can tell a wrong password from a missing account: the server does not. */
const wantsAccount = async ({ prompt, out }: Context, error: unknown): Promise<boolean> => {
  if (prompt === undefined || codeOf(error) !== 'unauthenticated') return false;
  out.note(error instanceof Error ? error.message : '');
  return prompt.confirm('Is this your first time here? Make an account with this e-mail?');
};

const enter = async (context: Context, given: Given, isNew: boolean): Promise<void> => {
  const email = given.email ?? (await asked(context, 'E-mail', '--email'));
  const password = await passwordOf(context, given);
  if (isNew) return register(context, given, { email, password });
  try {
    await context.client.login(email, password, context.signal);
  } catch (error) {
    if (!(await wantsAccount(context, error))) throw error;
    const again = await context.prompt?.secret(`Password again, ${MIN_PASSWORD} characters or more: `);
    if (again !== password) throw new AppError('invalid', 'The passwords are not the same.');
    await register(context, given, { email, password });
  }
};

export const login = command({
  summary: 'Log in, or make an account',
  operands: '',
  count: [0, 0],
  options: {
    email: { type: 'string', value: 'EMAIL', help: 'your e-mail address; asked for if absent' },
    password: {
      type: 'string',
      value: 'TEXT',
      help: 'your password; others on this machine can see it: rather be asked',
    },
    'password-stdin': { type: 'boolean', help: 'read the password from standard input, for scripts' },
    register: { type: 'boolean', help: 'make an account; the first one ever is the administrator' },
    'first-name': { type: 'string', value: 'NAME', help: 'for a new account' },
    'last-name': { type: 'string', value: 'NAME', help: 'for a new account' },
  },
  about: [
    'The login is kept for this server in your own configuration folder, readable by you alone, and renewed by itself.',
    'Where there is no such folder, set ASSISTANT_TOKEN to an access token instead.',
  ],
  examples: [
    ['login', 'asks for what it needs'],
    ['login --register --email ada@example.org --first-name Ada --last-name L', 'a new account'],
    ['login --email ci@example.org --password-stdin < secret', 'in a script'],
  ],
  async run(values, _operands, context) {
    const { client, out } = context;
    const given: Given = {
      email: values.email,
      password: values.password,
      passwordStdin: values['password-stdin'] ?? false,
      firstName: values['first-name'],
      lastName: values['last-name'],
    };
    requireOwnLogin(context.config);
    if (isOpenToOthers(client.url)) out.note(`${OPEN} (${client.url})`);
    await enter(context, given, values.register ?? false);
    const user = await client.me(context.signal);
    out.note(`Logged in to ${client.url} as ${user.email}${user.role === 'admin' ? ', administrator' : ''}.`);
    out.value({ server: client.url, user });
    return EXIT.done;
  },
});
