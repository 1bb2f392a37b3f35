import {
  type CozeStreamOptions,
  cozePackets,
  failurePackets,
  type PacketSource,
} from "./coze-packets.ts";
import type { PacketFormat, StreamedCall } from "./platform-door.ts";

/** Writes streams as packets of Coze's streaming plugins. */
export function cozePacketFormat(options: CozeStreamOptions): PacketFormat {
  return {
    stream: (messages, call) => cozePackets(messages, packetSource(call, options)),
    failure: (error, call) => failurePackets(error, packetSource(call, options)),
  };
}

function packetSource(
  { action, traceId, json, failure }: StreamedCall,
  { content, output = "pieces" }: CozeStreamOptions,
): PacketSource {
  return {
    traceId,
    output,
    content(message) {
      const text = json(message);
      return content === undefined ? text : content(JSON.parse(text), action);
    },
    failure,
  };
}
