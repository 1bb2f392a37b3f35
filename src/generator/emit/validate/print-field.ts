import type { DescField } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { type Code, code, helper, stringLiteral } from "../../code.ts";
import type { DescMap } from "../../message-model/message-model.ts";
import { access } from "../../message-model/property.ts";
import type { Check, FieldRules } from "../../model/rules/check.ts";
import { isValueCheck, printChecks } from "./print-checks.ts";
import { printEntries, printItems } from "./print-parts.ts";
import { printViolation, violation } from "./print-violation.ts";
import { type FieldSite, fieldSite, required as requiredRule } from "./rule-code.ts";
import type { ValidateScope } from "./validate-scope.ts";
import { isImplicitlySet, validatedValue } from "./validated-value.ts";

/** Prints the checks of a field. */
export function printField(scope: ValidateScope, rules: FieldRules): void {
  const { field, required, onlyIfSet, checks } = rules;
  const { module } = scope;
  const site = fieldSite(field);
  if (checks.length === 0) {
    printViolation(scope, code`!(${isSet(scope, field)})`, requiredRule, site);
    return;
  }
  const raw = fieldValue(scope, field);
  const print = () => printAll(scope, field, checks, raw, site);
  if (required) {
    const missing = code` else ${violation(requiredRule, site)};`;
    module.block(code`if (${isSet(scope, field)})`, print, missing);
  } else if (onlyIfSet) {
    module.block(code`if (${isSet(scope, field)})`, print);
  } else if (needsBlock(scope, field, checks)) {
    module.block([], print);
  } else {
    print();
  }
}

/** Code that is true if a field is set: of an implicit one, if it isn't zero. */
export function isSet(scope: ValidateScope, field: DescField): Code {
  const { model } = scope;
  const raw = fieldValue(scope, field);
  if (field.oneof !== undefined) {
    const selected = model.oneof.selected(model.read("message", field.oneof));
    return code`${selected} === ${stringLiteral(model.property(field))}`;
  }
  switch (field.fieldKind) {
    case "list":
      return code`${raw}.length > 0`;
    case "map":
      return code`${sizeOf(scope, field, raw)} > 0`;
    default:
      return field.presence === FeatureSet_FieldPresence.IMPLICIT
        ? isImplicitlySet(model.shape(field), raw)
        : code`${model.isSet("message", field)}`;
  }
}

/** The value of a field, given that it is set. */
function fieldValue({ model }: ValidateScope, field: DescField): string {
  return field.oneof === undefined
    ? access("message", model.property(field))
    : access(model.read("message", field.oneof), "value");
}

function sizeOf({ model }: ValidateScope, field: DescMap, raw: string): Code {
  return model.mapForm(field) === "Map"
    ? code`${raw}.size`
    : code`${helper("countEntries")}(${raw})`;
}

/** Whether the entries of a map would be counted more than once. */
function countsTwice(field: DescField, checks: readonly Check[]): boolean {
  const counting = checks.filter(({ kind }) => kind === "test");
  return field.fieldKind === "map" && counting.length > 1;
}

function printAll(
  scope: ValidateScope,
  field: DescField,
  checks: readonly Check[],
  raw: string,
  site: FieldSite,
): void {
  const { model } = scope;
  if (field.fieldKind === "list" || field.fieldKind === "map") {
    const size = field.fieldKind === "map" ? sizeOf(scope, field, raw) : [];
    const twice = countsTwice(field, checks);
    const tested = { code: raw, paths: raw, size: twice ? code`size` : size };
    const local = twice ? code`const size = ${size};` : undefined;
    printChecks(scope, checks.filter(isValueCheck), { raw, tested, local }, site);
  } else {
    const value = validatedValue(model.shape(field), raw);
    printChecks(scope, checks.filter(isValueCheck), value, site);
  }
  for (const check of checks) {
    if (check.kind === "items") {
      printItems(scope, field, check.items, raw, site);
    } else if (check.kind === "entries" && field.fieldKind === "map") {
      printEntries(scope, field, check, raw, site);
    }
  }
}

/** Whether the checks of a field declare names that other fields may need as well. */
function needsBlock(scope: ValidateScope, field: DescField, checks: readonly Check[]): boolean {
  return checks.some(({ kind }) => {
    switch (kind) {
      case "nested":
        return true;
      case "test":
        return field.fieldKind === "list" || field.fieldKind === "map"
          ? countsTwice(field, checks)
          : validatedValue(scope.model.shape(field), "").local !== undefined;
      default:
        return false;
    }
  });
}
