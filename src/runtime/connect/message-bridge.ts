import { type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";

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
    fromConnect: (message) => codec.decode(toBinary(desc, message)),
  };
}
