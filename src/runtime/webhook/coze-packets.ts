import { ActionError } from "../action/error.ts";
import { within } from "./within.ts";

/** How the streams of a streaming plugin look to Coze. */
export interface CozeStreamOptions {
  /**
   * The text of one message, which users or the model see; the message as JSON
   * if left out. Messages whose text is empty are not sent: the platform drops
   * the whole answer for one of them.
   *
   * @param data the message in ProtoJSON, with the names of the .proto
   */
  readonly content?: ((data: unknown, action: string) => string) | undefined;
  /**
   * Whether the messages of the action are `pieces` of one text, which users see
   * growing (the default), or `messages` of their own, of which the model may
   * rework the last.
   */
  readonly output?: "pieces" | "messages" | undefined;
}

/** What packets are made from. */
export interface PacketSource {
  /** Makes the ids of packets and messages different from those of other streams. */
  readonly traceId: string;
  readonly output: "pieces" | "messages";
  content(message: unknown): string;
  /** The error that a stream broke off with. */
  failure(reason: unknown): ActionError;
}

/**
 * How long a message waits to learn whether it is the last, in milliseconds:
 * the platform wants to be told with the last packet that has a content.
 */
const holdMs = 2000;

/** The platform gives up after 60 s without a packet. */
const gapMs = 55_000;

/**
 * Writes a stream of messages as packets of Coze's streaming plugins: events
 * with id, name and JSON data, of at most 250 KB each. See
 * https://docs.coze.cn/guides/Stream_plugin.
 *
 * @param messages a stream of the pipeline, which ends when nobody reads any more
 */
export async function* cozePackets(
  messages: AsyncIterable<unknown>,
  source: PacketSource,
): AsyncGenerator<string, void, undefined> {
  const iterator = messages[Symbol.asyncIterator]();
  const printer = new PacketPrinter(source);
  let open = true;
  let held: string | undefined;
  try {
    while (true) {
      const pending = iterator.next();
      let next = held === undefined ? undefined : await within(holdMs, pending);
      if (held !== undefined && next === undefined) {
        yield printer.print(held, false);
        held = undefined;
      }
      next ??= await within(gapMs, pending);
      if (next === undefined) {
        throw new ActionError("deadline_exceeded", "the next message took too long");
      }
      if (next.done === true) {
        open = false;
        yield printer.print(held ?? blank, true);
        return;
      }
      const text = source.content(next.value);
      if (text !== "") {
        if (held !== undefined) {
          yield printer.print(held, false);
        }
        held = text;
      }
    }
  } catch (reason) {
    if (held !== undefined) {
      yield printer.print(held, false);
    }
    yield printer.fail(source.failure(reason));
  } finally {
    if (open) {
      await iterator.return?.();
    }
  }
}

/** The packets of a stream that failed before its first message. */
export function failurePackets(error: ActionError, source: PacketSource): string {
  return new PacketPrinter(source).fail(error);
}

/** What ends a stream whose last message is out already: a content must not be empty. */
const blank = " ";

/** So many characters, escaped, are 240,000 bytes at most. */
const maxCharacters = 40_000;

class PacketPrinter {
  readonly #source: PacketSource;
  #packets = 0;
  #messages = 0;

  constructor(source: PacketSource) {
    this.#source = source;
  }

  /** Prints one text in as many packets as it takes. */
  print(text: string, last: boolean, ext?: Readonly<Record<string, string>>): string {
    const { traceId, output } = this.#source;
    const pieces = output === "pieces";
    if (!pieces || this.#messages === 0) {
      this.#messages++;
    }
    const contents = split(text);
    let packets = "";
    for (const [i, content] of contents.entries()) {
      const ends = i === contents.length - 1;
      const data = {
        stream_id: `${traceId}-${this.#messages}`,
        output_mode: pieces ? 1 : 0,
        return_type: pieces ? 1 : 0,
        content_type: 0,
        context_mode: 0,
        content,
        is_finish: last && ends,
        is_last_msg: pieces || last,
        is_last_packet_in_msg: ends && (last || !pieces),
        ext,
      };
      this.#packets++;
      packets += `id: ${traceId}-p${this.#packets}\nevent: message\ndata: ${JSON.stringify(data)}\n\n`;
    }
    return packets;
  }

  /** Ends a stream with what went wrong. */
  fail({ code, message }: ActionError): string {
    return this.print(message === "" ? code : message, true, {
      code,
      trace_id: this.#source.traceId,
    });
  }
}

/** Splits a text between characters. */
function split(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  while (text.length - start > maxCharacters) {
    const end = start + maxCharacters;
    // Not within a surrogate pair.
    const cut = (text.codePointAt(end - 1) ?? 0) > 0xffff ? end - 1 : end;
    parts.push(text.slice(start, cut));
    start = cut;
  }
  parts.push(text.slice(start));
  return parts;
}
