import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { checked } from './runtime/checked.ts';

const GIB = 1024 ** 3;

const Shared = {
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  MAX_UPLOAD_BYTES: z.coerce.number().int().positive().default(GIB),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
};
const Environment = z.discriminatedUnion('ASSISTANT_HOME', [
  z.object({
    ASSISTANT_HOME: z.literal('embedded'),
    ...Shared,
    DATA_DIR: z.string().default('./data'),
    /** Where the embedding model's file is kept; absent: in DATA_DIR. */
    MODEL_DIR: z.string().optional(),
    /** Threads that embed, in each worker process. */
    EMBED_THREADS: z.coerce.number().int().min(1).max(64).default(availableParallelism),
  }),
]);
export type Config = z.infer<typeof Environment>;

/** Called once, by a main file. An empty variable counts as absent. Throws `invalid` that names every fault. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  return checked(Environment, { ASSISTANT_HOME: 'embedded', ...Object.fromEntries(given) }, 'The environment is');
};
