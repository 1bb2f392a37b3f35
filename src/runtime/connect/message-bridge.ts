import { type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { isReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { Code, ConnectError } from "@connectrpc/connect";
import { bytewiseText } from "../codec/byte-text.ts";

/**
 * Takes messages of one type across Connect, which knows the messages of
 * protobuf-es only.
 */
export interface MessageBridge {
  /** From the object that handlers and callers see. */
  toConnect(message: unknown): Message;
  /** To the object that handlers and callers see. */
  fromConnect(message: Message): unknown;
}

/**
 * The binary functions of one message type, as ts-proto generates them. They
 * are methods on purpose: a codec of a narrower type is accepted.
 */
export interface BinaryCodec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

/** For messages that are those of protobuf-es. */
export const sameMessage: MessageBridge = {
  // A contract of this model gives complete messages of protobuf-es only.
  toConnect: (message) => message as Message,
  fromConnect: (message) => message,
};

/**
 * For messages of another library: they cross as bytes, so that their shapes
 * need not agree. Costs one encoding and one decoding more on each side.
 */
export function bridgeByBytes(desc: DescMessage, codec: BinaryCodec<unknown>): MessageBridge {
  return {
    toConnect: (message) => fromBinary(desc, codec.encode(message).finish()),
    fromConnect(message) {
      const bytes = toBinary(desc, message);
      // Nearly never is it there, and searching takes next to no time.
      if (bytewiseText(bytes, bytes.length).includes(protoKey)) {
        refuseProtoKeys(reflect(desc, message));
      }
      return codec.decode(bytes);
    },
  };
}

/**
 * The key of a map that ts-proto's decoders assign like any other, which sets
 * the prototype of the map instead: the entry would be lost.
 */
const protoKey = "__proto__";

function refuseProtoKeys(message: unknown): void {
  if (!isReflectMessage(message)) {
    return;
  }
  for (const field of message.fields) {
    if (!message.isSet(field)) {
      continue;
    }
    if (field.fieldKind === "map") {
      const map = message.get(field);
      if (map.has(protoKey)) {
        throw new ConnectError(
          `${field}: the key "${protoKey}" cannot be held by the messages of this program`,
          Code.InvalidArgument,
        );
      }
      for (const value of map.values()) {
        refuseProtoKeys(value);
      }
    } else if (field.fieldKind === "list") {
      for (const value of message.get(field)) {
        refuseProtoKeys(value);
      }
    } else {
      refuseProtoKeys(message.get(field));
    }
  }
}
