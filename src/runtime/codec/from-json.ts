import { CodecError } from "./codec-error.ts";
import { findDuplicateKeys } from "./json-text.ts";
import type { MessageCodec } from "./message-codec.ts";
import type { Problem } from "./problem.ts";
import type { ReadOptions } from "./read-options.ts";
import { JsonTextReader } from "./text-reader.ts";
import { leaveFastPath } from "./text-scanner.ts";
import { JsonValueReader } from "./value-reader.ts";

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
  return readWithCare(schema, new JsonValueReader(json, options));
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
  const refusesDuplicates = options?.duplicateKeys !== "keepLast";
  if (text.length <= maxFastLength) {
    const input = new JsonTextReader(text, options, refusesDuplicates);
    try {
      const message = input.read(schema);
      return { ok: true, message };
    } catch (error) {
      if (error !== leaveFastPath) {
        throw error;
      }
    } finally {
      input.release();
    }
  }
  return readTextWithCare(schema, text, options, refusesDuplicates);
}

/**
 * Strings that are cut out of a text keep all of it in memory. A short string
 * should not keep megabytes, so that longer texts are read with care.
 */
const maxFastLength = 1 << 16;

function readTextWithCare<T>(
  schema: MessageCodec<T>,
  text: string,
  options: ReadOptions | undefined,
  refusesDuplicates: boolean,
): ReadResult<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [{ path: "", message: `not well-formed JSON: ${reason}` }] };
  }
  const input = new JsonValueReader(json, options, true);
  const result = readWithCare(schema, input);
  if (!refusesDuplicates) {
    return result;
  }
  const duplicates = findDuplicateKeys(text, input.room);
  return duplicates.length === 0
    ? result
    : { ok: false, problems: [...input.found, ...duplicates] };
}

function readWithCare<T>(schema: MessageCodec<T>, input: JsonValueReader): ReadResult<T> {
  const message = schema.readJson(input);
  const problems = input.found;
  return problems.length === 0 ? { ok: true, message } : { ok: false, problems };
}

/** The message of a result. Throws a {@link CodecError} if there is none. */
export function unwrap<T>(schema: MessageCodec<T>, source: string, result: ReadResult<T>): T {
  if (result.ok) {
    return result.message;
  }
  throw new CodecError(`cannot read ${schema.typeName} ${source}`, result.problems);
}
