import { type DescField, getOption, isMessage, toJson } from "@bufbuild/protobuf";
import { isReflectList, reflect } from "@bufbuild/protobuf/reflect";
import { base64Encode } from "@bufbuild/protobuf/wire";
import {
  FieldRulesSchema,
  field as fieldOption,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { type Diagnostics, quote } from "../model/diagnostics.ts";
import { below, reportRule, rulesOf } from "../model/rules/rule-place.ts";
import type { Constant } from "../model/rules/test.ts";
import { holds } from "./holds.ts";
import type { Json } from "./json.ts";
import type { Value } from "./value-type.ts";

/** The default that the .proto sets, which only proto2 and editions allow. */
export function fallbackOf(field: DescField): Json | undefined {
  if (field.fieldKind !== "scalar" && field.fieldKind !== "enum") {
    return undefined;
  }
  // What isn't set in the .proto is the type's zero, which needs no mention.
  if (field.proto.defaultValue === "") {
    return undefined;
  }
  const value = field.getDefaultValue();
  if (value === undefined) {
    return undefined;
  }
  return field.fieldKind === "enum"
    ? field.enum.values.find(({ number }) => number === value)?.name
    : constantJson(value);
}

/** A constant as ProtoJSON writes it. */
export function constantJson(value: Constant): Json {
  if (value instanceof Uint8Array) {
    return base64Encode(value);
  }
  if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))) {
    return String(value);
  }
  return value;
}

/**
 * The examples that the rules of a field give, for example
 * `(buf.validate.field).string.example`. Those that break its other rules are
 * reported.
 */
export function examplesOf(field: DescField, value: Value, diagnostics: Diagnostics): Json[] {
  const { type } = getOption(field, fieldOption);
  const desc = type.case === undefined ? undefined : FieldRulesSchema.field[type.case].message;
  const example = desc?.field["example"];
  if (type.case === undefined || desc === undefined || example?.fieldKind !== "list") {
    return [];
  }
  const list: unknown = reflect(desc, type.value).get(example);
  const json = toJson(desc, type.value);
  const written: unknown = isRecord(json) ? json["example"] : undefined;
  if (!isReflectList(list) || !Array.isArray(written)) {
    return [];
  }
  const examples: Json[] = [];
  for (const [i, sample] of [...list].entries()) {
    const shown: unknown = written[i];
    if (isConstant(sample) && value.tests.some((test) => holds(test, sample) === false)) {
      const rules = below(rulesOf(field, diagnostics), FieldRulesSchema.field[type.case]);
      reportRule(
        below(rules, example, i),
        `the example ${quote(String(shown))} breaks the rules of the field: give another`,
      );
    } else if (isJson(shown)) {
      examples.push(exampleJson(shown, sample, value));
    }
  }
  return examples;
}

/** The rules of enums give examples by number. */
function exampleJson(shown: Json, sample: unknown, { type }: Value): Json {
  return type.kind === "enum"
    ? (type.enum.values.find(({ number }) => number === sample)?.name ?? shown)
    : shown;
}

function isConstant(value: unknown): value is Constant {
  return !isMessage(value) && (typeof value !== "object" || value instanceof Uint8Array);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isJson(value: unknown): value is Json {
  return ["string", "number", "boolean"].includes(typeof value);
}
