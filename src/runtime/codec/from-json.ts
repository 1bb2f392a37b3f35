import { CodecError } from "./codec-error.ts";
import { JsonReader, type ReadOptions } from "./json-reader.ts";
import { countColons, findDuplicateKeys } from "./json-text.ts";
import type { MessageCodec } from "./message-codec.ts";
import type { Problem } from "./problem.ts";

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
 * {@link CodecError} that lists every problem.
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
  const input = new JsonReader(options);
  const message = schema.readJson(json, input);
  return input.count === 0 ? { ok: true, message } : { ok: false, problems: input.problems };
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
  options?: ReadTextOptions,
): ReadResult<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [{ path: "", message: `not well-formed JSON: ${reason}` }] };
  }
  const input = new JsonReader(options);
  input.owned = true;
  // Unpaired surrogates come as they are, or escaped.
  input.wellFormed = text.isWellFormed() && !text.includes("\\u");
  const message = schema.readJson(json, input);
  const problems = [...input.problems];
  // Members that JSON.parse dropped weren't read. If the text can't have more
  // members than were, it has no duplicates, and needs no closer look.
  if (options?.duplicateKeys !== "keepLast" && countColons(text) !== input.members) {
    problems.push(...findDuplicateKeys(text, input.maxProblems - problems.length));
  }
  return problems.length === 0 ? { ok: true, message } : { ok: false, problems };
}

/** The message of a result. Throws a {@link CodecError} if there is none. */
export function unwrap<T>(schema: MessageCodec<T>, source: string, result: ReadResult<T>): T {
  if (result.ok) {
    return result.message;
  }
  throw new CodecError(`cannot read ${schema.typeName} ${source}`, result.problems);
}
