import {
  create,
  type DescField,
  type DescMessage,
  getOption,
  hasOption,
  isFieldSet,
} from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import {
  type FieldRules as FieldRulesMessage,
  FieldRulesSchema,
  field as fieldOption,
  Ignore,
  MapRulesSchema,
  RepeatedRulesSchema,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { Diagnostics } from "../diagnostics.ts";
import type { CelSubject, Check, FieldRules, PartChecks, ValuePart } from "./check.ts";
import type { Predefined } from "./predefined-checks.ts";
import { below, forKeys, type RulePlace, rulesOf } from "./rule-place.ts";
import { type RuledValue, valueChecks } from "./value-checks.ts";

/** What the rules of a field are read with. */
export interface RuleReader {
  readonly diagnostics: Diagnostics;
  readonly predefined: Predefined;
  /** Whether there are rules anywhere below a message. */
  hasRules(message: DescMessage): boolean;
}

const noRules = create(FieldRulesSchema);

/**
 * The rules of a field. `grouped` says that the field is in a group of the
 * option `(buf.validate.message).oneof`, whose members are ignored while unset.
 */
export function fieldRules(reader: RuleReader, field: DescField, grouped: boolean): FieldRules {
  // Most fields have no rules, and a message of their defaults takes time to make.
  const rules = hasOption(field, fieldOption) ? getOption(field, fieldOption) : noRules;
  const ignore =
    grouped && !isFieldSet(rules, FieldRulesSchema.field.ignore)
      ? Ignore.IF_ZERO_VALUE
      : rules.ignore;
  const ignored = ignore === Ignore.ALWAYS;
  // Rules that are ignored are still read, so that what is wrong with them is seen.
  const checks = wholeChecks(ignored ? withoutNested(reader) : reader, field, rules);
  return {
    field,
    required: rules.required && !ignored,
    onlyIfSet: ignore === Ignore.IF_ZERO_VALUE || (hasPresence(field) && !ignored),
    checks: ignored ? [] : checks,
  };
}

function hasPresence(field: DescField): boolean {
  return field.presence !== FeatureSet_FieldPresence.IMPLICIT;
}

function withoutNested(reader: RuleReader): RuleReader {
  return { ...reader, hasRules: () => false };
}

function wholeChecks(reader: RuleReader, field: DescField, rules: FieldRulesMessage): Check[] {
  const place = rulesOf(field, reader.diagnostics);
  const whole = { rules, place, subject: subjectOf(field, "whole") };
  switch (field.fieldKind) {
    case "list":
      return [
        ...valueChecks({ ...whole, of: field }, [], reader.predefined),
        ...itemChecks(reader, field, rules, place),
      ];
    case "map":
      return [
        ...valueChecks({ ...whole, of: field }, [], reader.predefined),
        ...entryChecks(reader, field, rules, place),
      ];
    default:
      return readValue(reader, { ...whole, of: typeOf(field) });
  }
}

function itemChecks(
  reader: RuleReader,
  field: DescField & { readonly fieldKind: "list" },
  rules: FieldRulesMessage,
  place: RulePlace,
): Check[] {
  const items = rules.type.case === "repeated" ? rules.type.value.items : undefined;
  const at = below(below(place, FieldRulesSchema.field.repeated), RepeatedRulesSchema.field.items);
  const part = partChecks(reader, typeOf(field), items, at, subjectOf(field, "element"));
  return part.checks.length === 0 ? [] : [{ kind: "items", items: part }];
}

function entryChecks(
  reader: RuleReader,
  field: DescField & { readonly fieldKind: "map" },
  rules: FieldRulesMessage,
  place: RulePlace,
): Check[] {
  const { keys: keyRules, values: valueRules } =
    rules.type.case === "map" ? rules.type.value : { keys: undefined, values: undefined };
  const map = below(place, FieldRulesSchema.field.map);
  const keysAt = forKeys(below(map, MapRulesSchema.field.keys));
  const valuesAt = below(map, MapRulesSchema.field.values);
  const keys = partChecks(reader, field.mapKey, keyRules, keysAt, subjectOf(field, "key"));
  const values = partChecks(reader, typeOf(field), valueRules, valuesAt, subjectOf(field, "value"));
  return keys.checks.length + values.checks.length === 0 ? [] : [{ kind: "entries", keys, values }];
}

function partChecks(
  reader: RuleReader,
  of: RuledValue["of"],
  rules: FieldRulesMessage | undefined,
  place: RulePlace,
  subject: CelSubject,
): PartChecks {
  if (rules === undefined) {
    return { skipZero: false, checks: nestedChecks(reader, of) };
  }
  const value = { of, rules, place, subject };
  if (rules.ignore === Ignore.ALWAYS) {
    readValue(withoutNested(reader), value);
    return { skipZero: false, checks: [] };
  }
  const isMessage = typeof of === "object" && of.kind === "message";
  return {
    skipZero: rules.ignore === Ignore.IF_ZERO_VALUE && !isMessage,
    checks: readValue(reader, value),
  };
}

function readValue(reader: RuleReader, value: RuledValue): Check[] {
  return valueChecks(value, nestedChecks(reader, value.of), reader.predefined);
}

function nestedChecks(reader: RuleReader, of: RuledValue["of"]): Check[] {
  return typeof of === "object" && of.kind === "message" && reader.hasRules(of)
    ? [{ kind: "nested", message: of }]
    : [];
}

/** The type of a field's values, of its elements, or of the values in a map. */
function typeOf(field: DescField): RuledValue["of"] {
  return field.message ?? field.enum ?? field.scalar;
}

function subjectOf(field: DescField, part: ValuePart): CelSubject {
  return { kind: "field", field, part };
}
