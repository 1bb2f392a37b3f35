import { attempt, enter, unwrap } from "./context.ts";
import type { CompactCodec } from "./message.ts";
import { decodeAll } from "./wire-reader.ts";
import { encoded } from "./wire-writer.ts";

/** How the binary format is read. */
export interface BinaryReadOptions {
  /** How deep messages may be nested; 100 unless given, as other Protobuf libraries have it. */
  readonly maxDepth?: number;
}

/**
 * Reads a message from the binary format. Fields that the schema doesn't know
 * are left out. Throws a {@link CodecError} for what is truncated or malformed.
 */
export function fromBinary<T>(
  codec: CompactCodec<T>,
  bytes: Uint8Array,
  options: BinaryReadOptions = {},
): T {
  const read = () => {
    enter();
    const message = codec.blank();
    decodeAll(bytes, () => codec.decodeField(message));
    return message;
  };
  return unwrap("read", codec, "from bytes", attempt(options, read));
}

/**
 * Writes a message in the binary format, with its fields in the order of their
 * numbers. Throws a {@link CodecError} that lists what can't be written.
 */
export function toBinary<T>(codec: CompactCodec<T>, message: T): Uint8Array<ArrayBuffer> {
  const write = () => encoded(() => codec.encodeFields(message));
  return unwrap("write", codec, "to bytes", attempt({}, write));
}
