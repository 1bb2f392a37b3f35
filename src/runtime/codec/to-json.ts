import { CodecError } from "./codec-error.ts";
import type { JsonObject } from "./json-value.ts";
import type { MessageCodec } from "./message-codec.ts";
import { OneByteText } from "./one-byte-text.ts";
import { defaultMaxProblems } from "./read-options.ts";
import { redactProblems } from "./secret-problems.ts";
import { hasProblems } from "./text-printer.ts";
import { JsonTextWriter } from "./text-writer.ts";
import { getBytes, getText, hasBuffer, type Utf8Memory } from "./utf8-memory.ts";
import type { WriteOptions } from "./write-options.ts";

/**
 * Writes a message as a JSON value. Fields that are not set, or have the
 * default value of a field without presence, are left out. Throws a
 * {@link CodecError} that lists what can't be written. Where text is wanted,
 * {@link toJsonString} and {@link toJsonBytes} are faster.
 */
export function toJson<T>(schema: MessageCodec<T>, message: T, options?: WriteOptions): JsonObject {
  return JSON.parse(toJsonString(schema, message, options));
}

/** Writes a message as JSON text: see {@link toJson}. */
export function toJsonString<T>(
  schema: MessageCodec<T>,
  message: T,
  options?: WriteOptions,
): string {
  return print(schema, message, options).finish(getText);
}

/** Writes a message as JSON text in UTF-8: see {@link toJson}. */
export function toJsonBytes<T>(
  schema: MessageCodec<T>,
  message: T,
  options?: WriteOptions,
): Uint8Array<ArrayBuffer> {
  return print(schema, message, options).finish(getBytes);
}

/**
 * Writes a message as JSON text between two others, for a socket: see
 * {@link toJson}. A string stands for its UTF-8.
 */
export function toJsonBetween<T>(
  schema: MessageCodec<T>,
  message: T,
  options: WriteOptions,
  before: string,
  after: string,
): string | OneByteText {
  const output = print(schema, message, options, before, headRoom);
  output.text(after);
  return output.giveAway(socketText);
}

/** Nearly all heads of HTTP answers have fewer bytes. */
const headRoom = 512;

/** The text behind the room for a head. */
function socketText(memory: Utf8Memory, end: number): string | OneByteText {
  return hasBuffer(memory)
    ? new OneByteText(memory, headRoom, end)
    : getText(memory, end, headRoom);
}

function print<T>(
  schema: MessageCodec<T>,
  message: T,
  options: WriteOptions = {},
  before = "",
  room = 0,
): JsonTextWriter {
  const output = beginText(options, before, room);
  if (wrote(schema, message, output)) {
    return output;
  }
  output.release();
  const careful = new JsonTextWriter(options, options.maxProblems ?? defaultMaxProblems);
  if (wrote(schema, message, careful) && careful.problems.length === 0) {
    // Something that changes while it is read.
    return beginText(options, before + careful.finish(getText), room);
  }
  const problems = redactProblems(schema.secrets, careful.problems);
  throw new CodecError(`cannot write ${schema.typeName} to JSON`, problems);
}

function beginText(options: WriteOptions, before: string, room: number): JsonTextWriter {
  const output = new JsonTextWriter(options, 0);
  output.leaveRoom(room);
  if (before !== "") {
    output.text(before);
  }
  return output;
}

/** Whether writing came to its end. */
function wrote<T>(schema: MessageCodec<T>, message: T, output: JsonTextWriter): boolean {
  try {
    schema.writeJson(message, output);
    return true;
  } catch (error) {
    if (error === hasProblems) {
      return false;
    }
    throw error;
  }
}
