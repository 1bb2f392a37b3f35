import { utf8Text } from "./byte-text.ts";
import type { MessageCodec } from "./message-codec.ts";
import type { Problem } from "./problem.ts";
import type { ReadOptions } from "./read-options.ts";
import { redactProblems, syntaxProblem } from "./secret-problems.ts";
import type { JsonTextReader } from "./text-reader.ts";

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

/** The reader of a text. */
export type Reader = new (
  text: string | Uint8Array,
  options: ReadTextOptions,
  isCareful: boolean,
) => JsonTextReader;

/** Reads a message from JSON text. */
export function readText<T>(
  schema: MessageCodec<T>,
  text: string,
  options: ReadTextOptions,
  Reader: Reader,
): ReadResult<T> {
  return readQuickly(schema, text, options, Reader) ?? readWithCare(schema, text, options, Reader);
}

/** Reads a message from JSON text in UTF-8, perhaps with a byte order mark. */
export function readBytes<T>(
  schema: MessageCodec<T>,
  bytes: Uint8Array,
  options: ReadTextOptions,
  Reader: Reader,
): ReadResult<T> {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const body = start === 0 ? bytes : bytes.subarray(start);
  const read = readQuickly(schema, body, options, Reader);
  if (read !== undefined) {
    return read;
  }
  const text = utf8Text(bytes, start, bytes.length);
  return text === undefined
    ? problem("not valid UTF-8")
    : readWithCare(schema, text, options, Reader);
}

/** Reads a message that has no problems; undefined if it has some. */
function readQuickly<T>(
  schema: MessageCodec<T>,
  text: string | Uint8Array,
  options: ReadTextOptions,
  Reader: Reader,
): ReadResult<T> | undefined {
  const input = new Reader(text, options, false);
  const read = input.read(schema);
  input.release();
  return read && { ok: true, message: read.message };
}

/** Finds all problems. */
function readWithCare<T>(
  schema: MessageCodec<T>,
  text: string,
  options: ReadTextOptions,
  Reader: Reader,
): ReadResult<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return notJson(error);
  }
  // What JSON.parse keeps has no duplicate keys any more.
  const kept = options.duplicateKeys === "keepLast" ? JSON.stringify(json) : text;
  const input = new Reader(escapeSurrogates(kept), options, true);
  const read = input.read(schema);
  return read === undefined
    ? { ok: false, problems: redactProblems(schema.secrets, input.found) }
    : { ok: true, ...read };
}

/** Text that UTF-8 can have: only strings may have surrogates without a partner. */
function escapeSurrogates(json: string): string {
  return json.isWellFormed()
    ? json
    : json.replace(/\p{Surrogate}/gu, (one) => `\\u${one.charCodeAt(0).toString(16)}`);
}

/** What a text is that `JSON.parse` threw an error for. */
export function notJson(error: unknown): ReadResult<never> {
  return problem(`not well-formed JSON: ${syntaxProblem(error)}`);
}

function problem(message: string): ReadResult<never> {
  return { ok: false, problems: [{ path: "", message }] };
}
