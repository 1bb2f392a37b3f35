import { type DescField, ScalarType } from "@bufbuild/protobuf";
import type {
  MapRules,
  RepeatedRules,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { wrappedScalar } from "../../message-model/value-shape.ts";
import type { TestCheck } from "./check.ts";
import { below, reportRule } from "./rule-place.ts";
import { type RuleSet, setRule, testCheck } from "./rule-set.ts";
import type { LengthTest } from "./test.ts";

/** The rules of a list as a whole. */
export function listChecks(
  set: RuleSet<RepeatedRules>,
  field: DescField & { readonly fieldKind: "list" },
): TestCheck[] {
  const { minItems, maxItems } = set.rules;
  return [
    ...sizeCheck(set, "minItems", "min", minItems, `must contain at least ${minItems} item(s)`),
    ...sizeCheck(set, "maxItems", "max", maxItems, `must contain no more than ${maxItems} item(s)`),
    ...uniqueCheck(set, field),
  ];
}

/** The rules of a map as a whole. */
export function mapChecks(set: RuleSet<MapRules>): TestCheck[] {
  const { minPairs, maxPairs } = set.rules;
  return [
    ...sizeCheck(set, "minPairs", "min", minPairs, `map must be at least ${minPairs} entries`),
    ...sizeCheck(set, "maxPairs", "max", maxPairs, `map must be at most ${maxPairs} entries`),
  ];
}

function sizeCheck(
  set: RuleSet,
  name: string,
  bound: LengthTest["bound"],
  length: bigint,
  message: string,
): TestCheck[] {
  const rule = setRule(set, name);
  const unit = set.family === "map" ? "pairs" : "items";
  const test = { kind: "length", unit, bound, length: Number(length) } as const;
  return rule ? [testCheck(set, rule, test, message)] : [];
}

function uniqueCheck(
  set: RuleSet<RepeatedRules>,
  field: DescField & { readonly fieldKind: "list" },
): TestCheck[] {
  const rule = setRule(set, "unique");
  if (rule === undefined || !set.rules.unique) {
    return [];
  }
  const scalar = field.message === undefined ? field.scalar : wrappedScalar(field.message);
  if (scalar === undefined && field.enum === undefined) {
    reportRule(
      below(set.place, rule),
      `"unique" compares scalars and enums, but the elements are messages of type ${field.message?.typeName}: remove the rule`,
    );
    return [];
  }
  const test = { kind: "unique", of: comparedAs(scalar) } as const;
  return [testCheck(set, rule, test, "repeated value must contain unique items")];
}

/** How values are compared: numbers may be NaN, which differs from itself. */
function comparedAs(scalar: ScalarType | undefined): "values" | "numbers" | "bytes" {
  switch (scalar) {
    case ScalarType.BYTES:
      return "bytes";
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return "numbers";
    default:
      return "values";
  }
}
