/** A login at one server. */
export interface Tokens {
  readonly email: string;
  readonly accessToken: string;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly expiresAt: number;
  /** Empty where there is none: such a login cannot be renewed. */
  readonly refreshToken: string;
}

/** Where a login is kept. */
export interface TokenStore {
  /** Undefined when nobody is logged in. */
  read(): Promise<Tokens | undefined>;
  write(tokens: Tokens): Promise<void>;
  /** Succeeds where nothing is. */
  clear(): Promise<void>;
  /** Runs one such work at a time, in whatever process: a refresh token serves once. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** A login that ends with the program. */
export const memoryTokens = (initial?: Tokens): TokenStore => {
  let kept = initial;
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: async () => kept,
    write: async (tokens) => {
      kept = tokens;
    },
    clear: async () => {
      kept = undefined;
    },
    exclusively(work) {
      const turn = last.then(work, work);
      last = turn.catch(() => {});
      return turn;
    },
  };
};

/** An access token and nothing else: from the environment, for scripts. */
export const givenToken = (accessToken: string): TokenStore =>
  memoryTokens({ email: '', accessToken, expiresAt: Number.POSITIVE_INFINITY, refreshToken: '' });
