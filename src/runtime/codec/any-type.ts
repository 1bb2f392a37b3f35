import type { JsonValue } from "./json-value.ts";

/**
 * A message type that a `google.protobuf.Any` may hold. In JSON an Any shows
 * the message inside, so reading and writing it takes both codecs of its type.
 */
export interface AnyType {
  /** Full name of the message type. */
  readonly typeName: string;
  /**
   * True for well-known types whose JSON isn't an object of fields: they stand
   * in the member `value`.
   */
  readonly special: boolean;
  /** Reads JSON, and returns the message in the binary format. Throws for what isn't one. */
  read(json: unknown, options: AnyReadOptions): Uint8Array;
  /** Writes a message in the binary format as JSON. Throws for what isn't one. */
  write(bytes: Uint8Array, options: AnyWriteOptions): JsonValue;
}

/** How the message inside is read. */
export interface AnyReadOptions {
  /** Whether unknown fields are ignored. */
  readonly ignoresUnknown: boolean;
  /** How many levels of messages there may be. */
  readonly levels: number;
}

/** How the message inside is written. */
export interface AnyWriteOptions {
  /** Whether fields get the names of the .proto. */
  readonly usesProtoNames: boolean;
  /** Whether default values of fields without presence are written, too. */
  readonly emitsImplicit: boolean;
}

/**
 * The types that messages inside of `google.protobuf.Any` may have, by full
 * name: a Map, or anything else that looks them up.
 */
export interface AnyTypes {
  get(typeName: string): AnyType | undefined;
}
