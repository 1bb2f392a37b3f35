import { within } from "./within.ts";

/** How the messages of a stream become the data of its events. All are JSON texts. */
export interface EventFormat {
  message(message: unknown): string;
  /** Ends a stream that is complete. */
  done(): string;
  /** Ends a stream that failed. */
  failure(reason: unknown): string;
}

/** Platforms and proxies close a connection on which nothing comes for a minute. */
const heartbeatMs = 15_000;

/**
 * Writes a stream of messages as server-sent events,
 * https://html.spec.whatwg.org/multipage/server-sent-events.html: one unnamed
 * event for each message, whose data is one line of JSON, and at the end an
 * event `done` or `error`. While nothing comes, a comment every 15 seconds
 * keeps the connection open.
 *
 * @param messages a stream of the pipeline, which ends when nobody reads any more
 */
export async function* eventStream(
  messages: AsyncIterable<unknown>,
  format: EventFormat,
): AsyncGenerator<string, void, undefined> {
  const iterator = messages[Symbol.asyncIterator]();
  let open = true;
  try {
    while (true) {
      const next = iterator.next();
      let event = await within(heartbeatMs, next);
      while (event === undefined) {
        yield ": heartbeat\n\n";
        event = await within(heartbeatMs, next);
      }
      if (event.done === true) {
        open = false;
        yield `event: done\ndata: ${format.done()}\n\n`;
        return;
      }
      yield `data: ${format.message(event.value)}\n\n`;
    }
  } catch (reason) {
    yield `event: error\ndata: ${format.failure(reason)}\n\n`;
  } finally {
    if (open) {
      await iterator.return?.();
    }
  }
}
