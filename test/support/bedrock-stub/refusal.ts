/** A call that Bedrock does not serve, as it says so. */
export class Refusal extends Error {
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

export const validation = (message: string): Refusal => new Refusal(400, 'ValidationException', message);

export const throttling = (): Refusal =>
  new Refusal(429, 'ThrottlingException', 'Too many tokens, please wait before trying again.');
