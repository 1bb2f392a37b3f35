// Calls streaming tools as the platform does, by https://docs.coze.cn/guides/Stream_plugin,
// from nothing but the imported document.
import { type CozeDocument, type Json, operationOf, request, type Send } from "./coze-invoker.ts";

/** The data of a packet. */
export interface Packet {
  readonly stream_id: string;
  readonly output_mode: 0 | 1;
  readonly return_type: 0 | 1;
  readonly content: string;
  readonly is_finish: boolean;
  readonly is_last_msg: boolean;
  readonly is_last_packet_in_msg: boolean;
  readonly ext?: Readonly<Record<string, string>>;
}

/** How large a packet may be, in bytes. */
const maxPacketBytes = 250_000;

/** Calls a streaming tool, and gives each packet as it comes. Throws what breaks the platform's rules. */
export async function* invokeStream(
  document: CozeDocument,
  name: string,
  args: { [name: string]: Json },
  send: Send,
): AsyncGenerator<Packet, void, undefined> {
  const operation = operationOf(document, name);
  if (operation["x-runMode"] !== "Streaming") {
    throw new Error(`${name} does not stream`);
  }
  const response = await request(document, operation, args, send);
  const type = response.headers.get("content-type");
  if (response.status !== 200 || type !== "text/event-stream") {
    throw new Error(`status ${response.status}, ${type}: ${await response.text()}`);
  }
  let finished = false;
  const ids = new Set<string>();
  for await (const block of blocksOf(response)) {
    const { id, packet } = readPacket(block);
    if (finished || ids.has(id)) {
      throw new Error(`packet ${id} comes ${finished ? "after the last" : "twice"}`);
    }
    ids.add(id);
    finished = packet.is_finish;
    yield packet;
  }
  if (!finished) {
    throw new Error("the stream ended without is_finish");
  }
}

/** The blocks of server-sent events, each ended by an empty line. */
async function* blocksOf(response: Response): AsyncGenerator<string, void, undefined> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    yield* blocks;
  }
  if (text !== "") {
    throw new Error(`the stream was cut off: ${text}`);
  }
}

function readPacket(block: string): { readonly id: string; readonly packet: Packet } {
  if (new TextEncoder().encode(block).length > maxPacketBytes) {
    throw new Error("the packet is too long");
  }
  const fields = new Map(
    block.split("\n").map((line) => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const packet: unknown = JSON.parse(fields.get("data") ?? "null");
  const id = fields.get("id") ?? "";
  if (id === "" || fields.get("event") !== "message" || fields.size !== 3 || !isPacket(packet)) {
    throw new Error(`no packet: ${block.slice(0, 500)}`);
  }
  return { id, packet };
}

function isPacket(value: unknown): value is Packet {
  const {
    stream_id,
    content,
    output_mode: mode,
    return_type: type,
    content_type,
    context_mode,
    ...more
  } = Object.fromEntries(Object.entries(value ?? {}));
  return (
    typeof stream_id === "string" &&
    stream_id !== "" &&
    typeof content === "string" &&
    content !== "" &&
    (mode === 0 ? type === 0 || type === 1 : mode === 1 && type === 1) &&
    content_type === 0 &&
    (context_mode === 0 || context_mode === 1) &&
    ["is_finish", "is_last_msg", "is_last_packet_in_msg"].every(
      (name) => typeof more[name] === "boolean",
    )
  );
}
