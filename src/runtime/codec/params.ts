import { CodecError } from "./codec-error.ts";
import { type ReadResult, tryFromJson, unwrap } from "./from-json.ts";
import { findDuplicateKeys } from "./json-text.ts";
import type { MessageCodec } from "./message-codec.ts";
import { setOwn } from "./own-property.ts";
import type { Problem } from "./problem.ts";
import { defaultMaxProblems, type ReadOptions } from "./read-options.ts";
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
  const members: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, text] of Object.entries(params)) {
    if (typeof text === "string" && json.includes(name)) {
      const value = parse(name, text, maxProblems, problems);
      if (value !== undefined) {
        setOwn(members, name, value);
      }
    } else if (bool.includes(name) && (text === "true" || text === "false")) {
      setOwn(members, name, text === "true");
    } else {
      setOwn(members, name, text);
    }
  }
  for (const names of required) {
    if (!names.some((name) => Object.hasOwn(params, name))) {
      problems.push({ path: names[0] ?? "", message: "required parameter is missing" });
    }
  }
  const result = tryFromJson(schema, members, options);
  if (!result.ok) {
    problems.push(...result.problems);
  }
  return problems.length === 0 ? result : { ok: false, problems: problems.slice(0, maxProblems) };
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

/** Parses JSON text; undefined and a problem if it isn't. */
function parse(name: string, text: string, maxProblems: number, problems: Problem[]): unknown {
  try {
    const value: unknown = JSON.parse(text);
    for (const { path, message } of findDuplicateKeys(text, maxProblems)) {
      problems.push({ path: path.startsWith("[") ? name + path : `${name}.${path}`, message });
    }
    return value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push({ path: name, message: `expected JSON text: ${reason}` });
    return undefined;
  }
}
