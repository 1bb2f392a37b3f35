import type { Init } from "./init.ts";
import type { JsonReader } from "./json-reader.ts";
import type { JsonObject } from "./json-value.ts";
import type { JsonWriter } from "./json-writer.ts";
import type { ParamKinds } from "./params.ts";

/**
 * The generated functions of one message type that need no library at run time.
 *
 * Use them through `fromJson`, `toJson`, `fromParams` and `toParams`, which
 * report every problem of a message at once.
 */
export interface MessageCodec<T> {
  /** Full name of the message, for example `almanac.v1.Place`. */
  readonly typeName: string;

  /** Completes an initializer: fields that it leaves out get their defaults. */
  init(init?: Init<T>): T;

  /** Reads a value that `JSON.parse` returned. Problems go to the reader. */
  readJson(json: unknown, reader: JsonReader): T;

  /** Returns an object for `JSON.stringify`. Problems go to the writer. */
  writeJson(message: T, writer: JsonWriter): JsonObject;

  /** How the text of each parameter is read, by both names of every field. */
  readonly params: ParamKinds;
}
