/** How the stub of Bedrock Runtime behaves; all of it may change while it runs. */
export interface StubSettings {
  /** Of each model by itself; null: no such quota. */
  readonly requestsPerMinute: number | null;
  /** Likewise. Embedding counts what goes in, Converse also the tokens that the answer may have at most. */
  readonly tokensPerMinute: number | null;
  /**
   * How many seconds' worth of its quota a model may spend at once after a rest. AWS does not say what its own buckets
   * hold; the quota's name allows up to 60. A small one finds senders out that pace themselves badly.
   */
  readonly burstSeconds: number;
  /** What every call takes, and what each text of it adds. */
  readonly latencyMs: number;
  readonly msPerText: number;
  /** Every call is answered with 429, whatever the quota. */
  readonly isThrottling: boolean;
  /** Connections are cut without an answer. */
  readonly isAway: boolean;
  /** Whether replies carry x-amzn-bedrock-input-token-count. */
  readonly reportsTokens: boolean;
  /** A text that holds it is refused, as the models refuse what they cannot read; null: none is. */
  readonly refusedText: string | null;
  /** `canned`: dense vectors from a small stock, that cost next to nothing to make and mean nothing. */
  readonly vectors: 'meaningful' | 'canned';
  /** What Converse answers, word for word; null: the sentence of a passage that fits the question best, cited. */
  readonly says: string | null;
  /** How the answer streams: characters in a piece, and ms before each. */
  readonly pieceCharacters: number;
  readonly pieceMs: number;
  /** ConverseStream is refused, as for models that cannot. */
  readonly refusesStreaming: boolean;
  /** A stream ends with a throttlingException after so many pieces; null: it does not. */
  readonly throttlesAfterPieces: number | null;
}

export const DEFAULTS: StubSettings = {
  requestsPerMinute: null,
  tokensPerMinute: null,
  burstSeconds: 5,
  latencyMs: 0,
  msPerText: 0,
  isThrottling: false,
  isAway: false,
  reportsTokens: true,
  refusedText: null,
  vectors: 'meaningful',
  says: null,
  pieceCharacters: 7,
  pieceMs: 0,
  refusesStreaming: false,
  throttlesAfterPieces: null,
};
