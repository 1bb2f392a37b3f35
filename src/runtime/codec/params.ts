import { CodecError } from "./codec-error.ts";
import { tryFromJsonString, unwrap } from "./from-json.ts";
import type { MessageCodec } from "./message-codec.ts";
import { setOwn } from "./own-property.ts";
import type { Problem } from "./problem.ts";
import type { ReadResult } from "./read-json.ts";
import { defaultMaxProblems, type ReadOptions } from "./read-options.ts";
import { redactProblems, syntaxProblem } from "./secret-problems.ts";
import { toJson } from "./to-json.ts";
import type { WriteOptions } from "./write-options.ts";

/**
 * Which parameters are more than the text of a string, number or enum. Both
 * names of a field are listed.
 */
export interface ParamKinds {
  /** Booleans: `true` or `false`. */
  readonly bool?: readonly string[];
  /** Messages, lists, maps and well-known types: JSON text. */
  readonly json?: readonly string[];
  /** The names of each field that must be there (`required` of proto2 and editions). */
  readonly required?: readonly (readonly string[])[];
}

/** Parameters by the name of the field, in either spelling. */
export type Params = Readonly<Record<string, string>>;

/**
 * Reads a message from named texts. A scalar is its ProtoJSON text without
 * quotes, an enum its name, everything else JSON text. Throws a
 * {@link CodecError} that lists every parameter that is unknown, missing, or
 * can't be read.
 */
export function fromParams<T>(schema: MessageCodec<T>, params: Params, options?: ReadOptions): T {
  return unwrap(schema, "from parameters", tryFromParams(schema, params, options));
}

/** As {@link fromParams}, but returns problems instead of throwing them. */
export function tryFromParams<T>(
  schema: MessageCodec<T>,
  params: Params,
  options?: ReadOptions,
): ReadResult<T> {
  const { bool = [], json = [], required = [] } = schema.params;
  const maxProblems = options?.maxProblems ?? defaultMaxProblems;
  const members: string[] = [];
  const problems: Problem[] = [];
  for (const [name, text] of Object.entries(params)) {
    const isText = typeof text === "string";
    const isBool = isText && bool.includes(name) && (text === "true" || text === "false");
    if (isText && json.includes(name)) {
      const problem = parseProblem(text);
      if (problem !== undefined) {
        problems.push({ path: name, message: problem });
        continue;
      }
      members.push(`${JSON.stringify(name)}:${text}`);
    } else {
      members.push(`${JSON.stringify(name)}:${isBool ? text : (JSON.stringify(text) ?? null)}`);
    }
  }
  for (const names of required) {
    if (!names.some((name) => Object.hasOwn(params, name))) {
      problems.push({ path: names[0] ?? "", message: "required parameter is missing" });
    }
  }
  const result = tryFromJsonString(schema, `{${members.join()}}`, options);
  if (!result.ok) {
    problems.push(...result.problems);
  }
  return problems.length === 0
    ? result
    : { ok: false, problems: redactProblems(schema.secrets, problems.slice(0, maxProblems)) };
}

/**
 * Writes a message as named texts, which {@link fromParams} reads back. The
 * names are those of the .proto unless the options say otherwise.
 */
export function toParams<T>(
  schema: MessageCodec<T>,
  message: T,
  options?: WriteOptions,
): Record<string, string> {
  const { json = [] } = schema.params;
  const params: Record<string, string> = {};
  const members = toJson(schema, message, { naming: "proto", ...options });
  for (const [name, value] of Object.entries(members)) {
    setOwn(params, name, json.includes(name) ? JSON.stringify(value) : String(value));
  }
  return params;
}

/** Why a text is no JSON; undefined if it is. */
function parseProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `expected JSON text: ${syntaxProblem(error)}`;
  }
}
