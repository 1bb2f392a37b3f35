import type { Test } from "../../model/rules/test.ts";
import { holds } from "../../tool-model/holds.ts";
import type { JsonObject } from "../../tool-model/json.ts";
import type { MessageType } from "../../tool-model/message-type.ts";
import type { Value, ValueType } from "../../tool-model/value-type.ts";
import { zeroJson, zeroOf } from "../../tool-model/zero.ts";
import { commented } from "../words/list-words.ts";
import { ruleWords } from "../words/rule-words.ts";
import { enumWords, typeWords } from "../words/type-words.ts";
import { applyTests } from "./apply-tests.ts";
import type { Dialect } from "./dialect.ts";
import { enumSchema } from "./enum-schema.ts";
import { durationPattern } from "./test-keywords.ts";

/** A schema, and what it doesn't say. */
export interface DescribedSchema {
  readonly schema: JsonObject;
  /** Sentences for its description. */
  readonly words: readonly string[];
}

/** How schemas of one document are made. */
export interface SchemaStyle {
  readonly dialect: Dialect;
  /** The schema of a message that is a value: spelled out, or a reference. */
  message(message: MessageType): DescribedSchema;
}

/** The schema of a value in its JSON form. */
export function valueSchema(value: Value, style: SchemaStyle): DescribedSchema {
  const { dialect } = style;
  if (value.zeroAllowed && !keepsRules(value)) {
    return orZero(value, style);
  }
  const { schema, words } = typeSchema(value, style);
  const { schema: full, rest } =
    value.type.kind === "enum" ? { schema, rest: value.tests } : applyTests(schema, value, dialect);
  return {
    schema: full,
    words: [
      ...words,
      ...(dialect.forms || value.type.kind === "fieldMask" ? typeWords(value.type) : []),
      ...enumWords(value, dialect.words === "all"),
      ...ruleWords(value.type, dialect.words === "all" ? value.tests : rest),
      ...value.notes,
    ],
  };
}

/** A schema with its words and a comment as its description. */
export function withDescription({ schema, words }: DescribedSchema, comment: string): JsonObject {
  const description = commented(comment, words);
  if (description === "") {
    return schema;
  }
  const { type, $ref, ...rest } = schema;
  return { type, $ref, description, ...rest };
}

function keepsRules({ type, tests }: Value): boolean {
  const zero = zeroOf(type);
  return zero === undefined || tests.every((test) => holds(test, zero) === true);
}

/** The zero value is fine, and so is what keeps the rules. */
function orZero(value: Value, style: SchemaStyle): DescribedSchema {
  const zero = zeroJson(value.type) ?? null;
  if (!style.dialect.keywords.has("anyOf")) {
    const { schema, words } = valueSchema({ ...value, tests: [], zeroAllowed: false }, style);
    const rules = ruleWords(value.type, value.tests);
    return { schema, words: [...words, ...rules, `Or ${JSON.stringify(zero)}.`] };
  }
  const { schema, words } = valueSchema({ ...value, zeroAllowed: false }, style);
  return { schema: { anyOf: [{ const: zero }, schema] }, words };
}

function typeSchema({ type, tests }: Value, style: SchemaStyle): DescribedSchema {
  const { dialect } = style;
  switch (type.kind) {
    case "list": {
      const items = withDescription(valueSchema(type.items, style), "");
      return plain({ type: "array", items });
    }
    case "map":
      return mapSchema(type, style);
    case "message":
      return type.unchecked === true && dialect.exact
        ? {
            schema: { type: "object" },
            words: [`A ${type.message.typeName}, whose rules are not checked here.`],
          }
        : style.message(type.message);
    case "enum":
      return plain(enumSchema(type.enum, tests, dialect));
    default:
      return plain(scalarSchema(type, tests, dialect));
  }
}

function plain(schema: JsonObject): DescribedSchema {
  return { schema, words: [] };
}

function mapSchema(
  { keys, values }: ValueType & { readonly kind: "map" },
  style: SchemaStyle,
): DescribedSchema {
  // ProtoJSON writes keys as strings, whatever their type is.
  const kind = keys.type.kind === "integer" ? ({ ...keys.type, kind: "long" } as const) : keys.type;
  const names =
    kind.kind === "boolean"
      ? { schema: booleanKeys(keys), words: [] }
      : valueSchema({ ...keys, type: kind, tests: keys.tests.map(widened) }, style);
  const { type, ...limits } = names.schema;
  const said = style.dialect.keywords.has("propertyNames");
  return {
    schema: {
      type: "object",
      propertyNames: said && Object.keys(limits).length > 0 ? limits : undefined,
      additionalProperties: withDescription(valueSchema(values, style), ""),
    },
    words: names.words.length === 0 ? [] : [`Names: ${names.words.join(" ")}`],
  };
}

function booleanKeys({ tests, zeroAllowed }: Value): JsonObject {
  const names = [true, false]
    .filter((key) => (zeroAllowed && !key) || tests.every((test) => holds(test, key) !== false))
    .map(String);
  return names.length === 0 ? { not: {} } : { enum: names };
}

/** Rules about 32-bit keys as those about 64-bit ones, which are strings as keys are. */
function widened(test: Test): Test {
  const wide = <T>(value: T) => (typeof value === "number" ? BigInt(value) : value);
  switch (test.kind) {
    case "equals":
      return { ...test, value: wide(test.value) };
    case "oneOf":
      return { ...test, values: test.values.map(wide) };
    default:
      return test;
  }
}

function scalarSchema(
  type: Exclude<ValueType, { readonly kind: "list" | "map" | "message" | "enum" }>,
  tests: readonly Test[],
  dialect: Dialect,
): JsonObject {
  switch (type.kind) {
    case "string":
    case "boolean":
      return { type: type.kind };
    case "null":
      return dialect.base === "json-schema" ? { type: "null" } : { nullable: true };
    case "bytes":
      return dialect.keywords.has("contentEncoding")
        ? { type: "string", contentEncoding: "base64" }
        : { type: "string", ...format("byte", dialect) };
    case "integer":
      return type.unsigned
        ? { type: "integer", minimum: 0 }
        : { type: "integer", ...format("int32", dialect) };
    case "long":
      return { type: "string", pattern: type.unsigned ? "^[0-9]+$" : "^-?[0-9]+$" };
    case "number":
      return numberSchema(type, tests, dialect);
    case "timestamp":
      return { type: "string", ...format("date-time", dialect) };
    case "duration":
      return { type: "string", pattern: durationPattern };
    case "fieldMask":
      return { type: "string" };
    case "struct":
      return { type: "object" };
    case "any":
      return { type: "object", properties: { "@type": { type: "string" } } };
    case "jsonList":
      return { type: "array", items: {} };
    case "json":
      return {};
  }
}

function format(name: string, { formats }: Dialect): JsonObject {
  return formats?.has(name) === false ? {} : { format: name };
}

const specialNumbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Numbers; where a reader takes special ones, by their names. */
function numberSchema(
  { single }: ValueType & { readonly kind: "number" },
  tests: readonly Test[],
  dialect: Dialect,
): JsonObject {
  const number = { type: "number", ...format(single ? "float" : "double", dialect) };
  const special = specialNumbers
    .filter((value) => tests.every((test) => holds(test, value) !== false))
    .map(String);
  return dialect.exact && special.length > 0 ? { anyOf: [number, { enum: special }] } : number;
}
