/** A body in parts. */
export async function* bytes(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

/** A body whose sender goes away. */
export async function* broken(start: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(start);
  throw new Error('the connection was lost');
}

/** All of a body. */
export const bytesOf = async (body: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
};

/** All of a body, as UTF-8. */
export const textOf = async (body: AsyncIterable<Uint8Array>): Promise<string> => (await bytesOf(body)).toString();
