import type { JsonValue } from "@bufbuild/protobuf";
import type { Test } from "../../src/generator/model/rules/test.ts";
import type { Field, MessageType } from "../../src/generator/tool-model/message-type.ts";
import type { Value } from "../../src/generator/tool-model/value-type.ts";
import type { Violation } from "../../src/runtime/validate/violation.ts";
import type { Platform } from "./platform-checks.ts";

/** Rules that JSON Schema can't say, or not exactly. Descriptions tell them. */
export const inexpressible = [
  // Strings for JSON: their order isn't that of the text.
  /^(timestamp|duration|any|field_mask|bytes)\./,
  /^(key )?(s?fixed64|[su]?int64)\.(lt|gt)/,
  /^key (s?fixed32|[su]?int32)\.(lt|gt)/,
  /^string\.(len|min|max)_bytes$/,
  // `format` is an annotation.
  /^(key )?string\.(email|hostname|ip|uri|address|uuid|host_and_port|well_known_regex)/,
  // Rules in CEL.
  /^(key )?cel\./,
  // NaN is not like itself, but its JSON form is.
  /^repeated\.unique$/,
];

/** What the keywords of a platform don't reach. */
const without: Readonly<Record<Platform, readonly RegExp[]>> = {
  coze: [/^message\.oneof$/, /^map\./],
  dify: [/^message\.oneof$/],
  openai: [/^message\.oneof$/],
  "openai strict": [/^message\.oneof$/, /^string\.(len|min_len|max_len)$/],
};

/** A place in a message, and the schema that a platform has for it. */
interface Place {
  readonly value: Value;
  readonly field: Field;
  /** The JSON there; undefined if there is none. */
  readonly json: JsonValue | undefined;
  /** The platform asks for the fields of the object around it. */
  readonly requires: boolean;
}

/** Whether the schema that a platform has for a message can say the rule that is broken. */
export function isExpressible(
  platform: Platform,
  type: MessageType,
  json: JsonValue,
  { ruleId, forKey, field }: Violation,
): boolean {
  const place = forKey ? undefined : placeOf(platform, type, json, field);
  if (
    place === undefined ||
    [...inexpressible, ...without[platform]].some((rule) => rule.test(ruleId))
  ) {
    return false;
  }
  const { value } = place;
  if (place.json === undefined) {
    return place.field.required && place.requires;
  }
  if (ruleId === "required") {
    return saysNonZero(platform, value);
  }
  // There is no `anyOf` that could let the zero value pass, and no `allOf` for a second pattern.
  return (
    !value.zeroAllowed &&
    !(ruleId.endsWith(".not_in") && value.type.kind !== "enum") &&
    !ruleId.endsWith("not_contains") &&
    value.tests.every(isOneRange) &&
    patternsOf(value) <= 1 &&
    value.tests.filter(listsValues).length <= 1
  );
}

/** Follows the path of a violation. Undefined where it leads to no field, or where nothing is said. */
function placeOf(
  platform: Platform,
  type: MessageType,
  json: JsonValue,
  path: Violation["field"],
): Place | undefined {
  let message: MessageType | undefined = type;
  let place: Place | undefined;
  let requires = true;
  let at: JsonValue | undefined = json;
  for (const { fieldName, subscript } of path) {
    const field: Field | undefined = message?.fields.find(({ name }) => name === fieldName);
    // Dify spells out two levels of what contains itself.
    if (field === undefined || (platform === "dify" && place !== undefined && path.length > 2)) {
      return undefined;
    }
    let value: Value = field.value;
    at = memberOf(at, field.name);
    // Coze asks for nothing in an object that may be left out.
    const inside: boolean = requires && (field.required || value.type.kind === "list");
    if (value.type.kind === "list" && subscript?.kind === "index") {
      value = value.type.items;
      at = Array.isArray(at) ? at[subscript.value] : undefined;
    } else if (value.type.kind === "map" && subscript !== undefined) {
      if (platform === "coze") {
        return undefined;
      }
      value = value.type.values;
      at = memberOf(at, String(subscript.value));
    }
    place = { value, field, json: at, requires };
    requires = platform === "coze" ? inside : true;
    message = value.type.kind === "message" ? value.type.message : undefined;
  }
  return place;
}

function memberOf(json: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof json === "object" &&
    json !== null &&
    !Array.isArray(json) &&
    Object.hasOwn(json, name)
    ? json[name]
    : undefined;
}

/** Whether a zero value that is written is refused. Numbers would need `not`. */
function saysNonZero(platform: Platform, { type }: Value): boolean {
  switch (type.kind) {
    case "string":
    case "bytes":
      return platform !== "openai strict";
    case "boolean":
    case "enum":
    case "list":
      return true;
    case "map":
      return platform === "dify" || platform === "openai";
    default:
      return false;
  }
}

/** Ranges are one interval between numbers that JSON has. */
function isOneRange(test: Test): boolean {
  return (
    test.kind !== "range" ||
    (!test.outside &&
      [test.lower, test.upper].every(
        (bound) => bound === undefined || Number.isFinite(Number(bound.value)),
      ))
  );
}

function patternsOf({ type, tests }: Value): number {
  const own = tests.filter(
    (test) =>
      test.kind === "pattern" ||
      (test.kind === "affix" && !test.negated) ||
      (test.kind === "format" && /^(tuuid|ulid|protobuf)/.test(test.format)),
  );
  return own.length + (type.kind === "long" || type.kind === "duration" ? 1 : 0);
}

function listsValues(test: Test): boolean {
  return test.kind === "equals" || (test.kind === "oneOf" && !test.negated);
}
