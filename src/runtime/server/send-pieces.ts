/** Where the pieces of an answer go. */
export interface PieceSink {
  /** Returns false if it is better to wait for `drain` before the next piece. */
  write(piece: string): boolean;
  end(): unknown;
  destroy(): unknown;
  on(event: "drain" | "close", listener: () => void): unknown;
  off(event: "drain" | "close", listener: () => void): unknown;
}

/**
 * Sends an answer piece by piece, no faster than it is read.
 *
 * @param client whether anybody is there to read it
 */
export async function sendPieces(
  pieces: AsyncIterable<string>,
  sink: PieceSink,
  client: { readonly gone: boolean },
): Promise<void> {
  for await (const piece of pieces) {
    if (client.gone) {
      // Leaving the loop also ends the stream of pieces.
      break;
    }
    if (!sink.write(piece)) {
      await drained(sink, client);
    }
  }
  sink.end();
}

/** How long a client may read nothing of a stream, in milliseconds. */
const stallMs = 60_000;

/** Resolves when a sink takes more, or nobody is there to take it. */
function drained(sink: PieceSink, client: { readonly gone: boolean }): Promise<void> {
  return new Promise((resolve) => {
    const stalled = setTimeout(() => sink.destroy(), stallMs);
    const done = () => {
      clearTimeout(stalled);
      sink.off("drain", done);
      sink.off("close", done);
      resolve();
    };
    sink.on("drain", done);
    sink.on("close", done);
    if (client.gone) {
      done();
    }
  });
}
