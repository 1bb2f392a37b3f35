/** One server-sent event. */
export interface ServerEvent {
  /** The event's name; empty if it has none. */
  readonly event: string;
  readonly data: string;
}

/**
 * Reads server-sent events as they come, as
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 * has it. An event that is cut off at the end is dropped. When the reader stops
 * early, the rest of the body is cancelled.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<ServerEvent, void, undefined> {
  let event = "";
  let data: string[] = [];
  for await (const line of readLines(body.pipeThrough(new TextDecoderStream()))) {
    if (line === "") {
      if (data.length > 0) {
        yield { event, data: data.join("\n") };
      }
      event = "";
      data = [];
      continue;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") {
      event = value;
    } else if (field === "data") {
      data.push(value);
    }
  }
}

/** Lines end with a line feed, a carriage return, or both. */
async function* readLines(chunks: ReadableStream<string>): AsyncGenerator<string, void, undefined> {
  let pieces: string[] = [];
  let afterReturn = false;
  for await (const chunk of chunks) {
    // The line feed belongs to the carriage return that ended the chunk before.
    const text = afterReturn && chunk.startsWith("\n") ? chunk.slice(1) : chunk;
    afterReturn = chunk.endsWith("\r");
    const lines = text.split(/\r\n|\r|\n/);
    const last = lines.pop() ?? "";
    for (const line of lines) {
      yield pieces.join("") + line;
      pieces = [];
    }
    pieces.push(last);
  }
}
