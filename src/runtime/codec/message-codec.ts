import type { Init } from "./init.ts";
import type { JsonInput } from "./json-input.ts";
import type { JsonOutput } from "./json-output.ts";
import type { ParamKinds } from "./params.ts";
import type { Secrets } from "./secrets.ts";

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

  /** Reads a message from JSON. Problems go to the input. */
  readJson(input: JsonInput): T;

  /** Writes a message as JSON. Problems go to the output. */
  writeJson(message: T, output: JsonOutput): void;

  /** How the text of each parameter is read, by both names of every field. */
  readonly params: ParamKinds;

  /** What of the message must not be shown; absent if it has no such fields. */
  readonly secrets?: Secrets;
}
