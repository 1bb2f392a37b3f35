import { CodecError } from "./codec-error.ts";
import { jsonText } from "./json-text.ts";
import type { MessageCodec } from "./message-codec.ts";
import type { Problem } from "./problem.ts";
import type { ReadOptions } from "./read-options.ts";
import { redactProblems, syntaxProblem } from "./secret-problems.ts";
import { JsonTextReader } from "./text-reader.ts";

/** A message, or everything that is wrong with what should have been one. */
export type ReadResult<T> =
  | { readonly ok: true; readonly message: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** How JSON text is read. */
export interface ReadTextOptions extends ReadOptions {
  /**
   * What happens if an object has the same key twice: it is refused unless told
   * to keep the last one, as `JSON.parse` does.
   */
  readonly duplicateKeys?: "refuse" | "keepLast";
}

/**
 * Reads a message from a value that `JSON.parse` returned. Throws a
 * {@link CodecError} that lists every problem. If there is still the text,
 * {@link fromJsonString} is faster, and sees duplicate keys.
 */
export function fromJson<T>(schema: MessageCodec<T>, json: unknown, options?: ReadOptions): T {
  return unwrap(schema, "from JSON", tryFromJson(schema, json, options));
}

/** As {@link fromJson}, but returns problems instead of throwing them. */
export function tryFromJson<T>(
  schema: MessageCodec<T>,
  json: unknown,
  options?: ReadOptions,
): ReadResult<T> {
  let text: string;
  try {
    text = jsonText(json);
  } catch (error) {
    return notJson(error);
  }
  return tryFromJsonString(schema, text, options);
}

/**
 * Reads a message from JSON text. Throws a {@link CodecError} that lists every
 * problem.
 */
export function fromJsonString<T>(
  schema: MessageCodec<T>,
  text: string,
  options?: ReadTextOptions,
): T {
  return unwrap(schema, "from JSON", tryFromJsonString(schema, text, options));
}

/** As {@link fromJsonString}, but returns problems instead of throwing them. */
export function tryFromJsonString<T>(
  schema: MessageCodec<T>,
  text: string,
  options: ReadTextOptions = {},
): ReadResult<T> {
  const input = new JsonTextReader(text, options, false);
  const read = input.read(schema);
  input.release();
  return read === undefined ? readWithCare(schema, text, options) : { ok: true, ...read };
}

/** Finds all problems. */
function readWithCare<T>(
  schema: MessageCodec<T>,
  text: string,
  options: ReadTextOptions,
): ReadResult<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return notJson(error);
  }
  // What JSON.parse keeps has no duplicate keys any more.
  const kept = options.duplicateKeys === "keepLast" ? JSON.stringify(json) : text;
  const input = new JsonTextReader(kept, options, true);
  const read = input.read(schema);
  return read === undefined
    ? { ok: false, problems: redactProblems(schema.secrets, input.found) }
    : { ok: true, ...read };
}

function notJson(error: unknown): ReadResult<never> {
  const message = `not well-formed JSON: ${syntaxProblem(error)}`;
  return { ok: false, problems: [{ path: "", message }] };
}

/** The message of a result. Throws a {@link CodecError} if there is none. */
export function unwrap<T>(schema: MessageCodec<T>, source: string, result: ReadResult<T>): T {
  if (result.ok) {
    return result.message;
  }
  throw new CodecError(`cannot read ${schema.typeName} ${source}`, result.problems);
}
