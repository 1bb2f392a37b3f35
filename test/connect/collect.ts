/** Reads a stream to its end. */
export async function collect<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const message of messages) {
    all.push(message);
  }
  return all;
}

/** A stream of what is given. */
export async function* streamOf<T>(...messages: T[]): AsyncGenerator<T, void, undefined> {
  yield* messages;
}
