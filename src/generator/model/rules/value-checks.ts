import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import {
  type FieldRules,
  FieldRulesSchema,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { wrappedScalar } from "../../message-model/value-shape.ts";
import { bytesChecks } from "./bytes-checks.ts";
import { fieldCel } from "./cel-checks.ts";
import type { CelSubject, Check } from "./check.ts";
import { listChecks, mapChecks } from "./collection-checks.ts";
import { numericChecks } from "./numeric-checks.ts";
import { type Predefined, predefinedChecks } from "./predefined-checks.ts";
import { below, type RulePlace, reportRule } from "./rule-place.ts";
import type { RuleSet } from "./rule-set.ts";
import { anyChecks, boolChecks, enumChecks, fieldMaskChecks } from "./simple-checks.ts";
import { stringChecks } from "./string-checks.ts";
import { durationChecks, timestampChecks } from "./time-checks.ts";

/** The cases of the oneof `type` in `buf.validate.FieldRules`. */
type RuleType = NonNullable<FieldRules["type"]["case"]>;

/** A value with the rules about it. */
export interface RuledValue {
  /** What the rules are about: of a list or map the field, else the type of the value. */
  readonly of: DescField | DescEnum | DescMessage | ScalarType;
  readonly rules: FieldRules;
  readonly place: RulePlace;
  readonly subject: CelSubject;
}

/**
 * The checks of a value: CEL rules first, then (for messages) the value's own
 * rules, then the standard rules of its type and the predefined ones.
 */
export function valueChecks(
  value: RuledValue,
  nested: readonly Check[],
  predefined: Predefined,
): Check[] {
  return [...fieldCel(value), ...nested, ...standardChecks(value, predefined)];
}

function standardChecks(value: RuledValue, predefined: Predefined): Check[] {
  const { place, rules } = value;
  const { type } = rules;
  const wanted = ruleTypeOf(value.of);
  if (type.case === undefined) {
    return [];
  }
  const rule = FieldRulesSchema.field[type.case];
  if (rule.fieldKind !== "message" || wanted !== type.case) {
    reportRule(
      below(place, rule),
      `the rules "${rule.name}" don't fit ${describe(value.of)}: ${
        wanted === undefined ? "there are none for it, remove them" : `use "${nameOf(wanted)}"`
      }`,
    );
    return [];
  }
  const set = { family: rule.name, desc: rule.message, place: below(place, rule) };
  return [
    ...builtIn(type, set, value.of),
    ...predefinedChecks({ ...set, rules: type.value }, value.subject, predefined),
  ];
}

function builtIn(
  type: FieldRules["type"],
  base: Omit<RuleSet, "rules">,
  of: RuledValue["of"],
): Check[] {
  switch (type.case) {
    case "bool":
      return boolChecks({ ...base, rules: type.value });
    case "string":
      return stringChecks({ ...base, rules: type.value });
    case "bytes":
      return bytesChecks({ ...base, rules: type.value });
    case "enum":
      return isDesc(of) && of.kind === "enum" ? enumChecks({ ...base, rules: type.value }, of) : [];
    case "repeated":
      return isDesc(of) && of.kind === "field" && of.fieldKind === "list"
        ? listChecks({ ...base, rules: type.value }, of)
        : [];
    case "map":
      return mapChecks({ ...base, rules: type.value });
    case "any":
      return anyChecks({ ...base, rules: type.value });
    case "duration":
      return durationChecks({ ...base, rules: type.value });
    case "timestamp":
      return timestampChecks({ ...base, rules: type.value });
    case "fieldMask":
      return fieldMaskChecks({ ...base, rules: type.value });
    case undefined:
      return [];
    default:
      return numericChecks({ ...base, rules: type.value });
  }
}

function ruleTypeOf(of: RuledValue["of"]): RuleType | undefined {
  if (!isDesc(of)) {
    return scalarTypes[of];
  }
  switch (of.kind) {
    case "enum":
      return "enum";
    case "field":
      return of.fieldKind === "map" ? "map" : "repeated";
    case "message": {
      const scalar = wrappedScalar(of);
      return scalar === undefined ? messageTypes.get(of.typeName) : scalarTypes[scalar];
    }
  }
}

const messageTypes: ReadonlyMap<string, RuleType> = new Map([
  ["google.protobuf.Any", "any"],
  ["google.protobuf.Duration", "duration"],
  ["google.protobuf.Timestamp", "timestamp"],
  ["google.protobuf.FieldMask", "fieldMask"],
]);

const scalarTypes = {
  [ScalarType.DOUBLE]: "double",
  [ScalarType.FLOAT]: "float",
  [ScalarType.INT64]: "int64",
  [ScalarType.UINT64]: "uint64",
  [ScalarType.INT32]: "int32",
  [ScalarType.FIXED64]: "fixed64",
  [ScalarType.FIXED32]: "fixed32",
  [ScalarType.BOOL]: "bool",
  [ScalarType.STRING]: "string",
  [ScalarType.BYTES]: "bytes",
  [ScalarType.UINT32]: "uint32",
  [ScalarType.SFIXED32]: "sfixed32",
  [ScalarType.SFIXED64]: "sfixed64",
  [ScalarType.SINT32]: "sint32",
  [ScalarType.SINT64]: "sint64",
} as const satisfies Record<ScalarType, RuleType>;

function nameOf(type: RuleType): string {
  return FieldRulesSchema.field[type].name;
}

function describe(of: RuledValue["of"]): string {
  if (!isDesc(of)) {
    return `a value of type ${ScalarType[of].toLowerCase()}`;
  }
  if (of.kind === "field") {
    return of.fieldKind === "map" ? "a map" : "a repeated field";
  }
  return `a value of type ${of.typeName}`;
}

function isDesc(of: RuledValue["of"]): of is DescField | DescEnum | DescMessage {
  return typeof of === "object";
}
