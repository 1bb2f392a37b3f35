import type { DescExtension, DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import type { Diagnostics } from "../diagnostics.ts";
import type { PathStep, RuleInfo } from "./check.ts";

/** The number of the extensions `(buf.validate.field)`, `.message` and `.oneof`. */
const optionNumber = 1159;

/**
 * A place inside the rules of a descriptor: where a diagnostic points to, and
 * what a violation gives as the path of the rule.
 */
export interface RulePlace {
  readonly desc: DescField | DescMessage | DescOneof;
  readonly path: readonly PathStep[];
  /** Inside the rules for the keys of a map. */
  readonly forKey: boolean;
  readonly diagnostics: Diagnostics;
}

/** The place of the rules of a descriptor. */
export function rulesOf(desc: RulePlace["desc"], diagnostics: Diagnostics): RulePlace {
  return { desc, path: [], forKey: false, diagnostics };
}

/** A field of the rule message at a place, or an element of it. */
export function below(
  place: RulePlace,
  rule: DescField | DescExtension,
  index?: number,
): RulePlace {
  return { ...place, path: [...place.path, stepOf(rule, index)] };
}

/** The place inside the rules for the keys of a map. */
export function forKeys(place: RulePlace): RulePlace {
  return { ...place, forKey: true };
}

/** What a violation of the rule at a place says. */
export function ruleInfo(place: RulePlace, id: string, message: string): RuleInfo {
  return { id, message, path: place.path, forKey: place.forKey };
}

/** Reports that the rule at a place can't be used, and how to mend it. */
export function reportRule(place: RulePlace, message: string): void {
  const numbers = place.path.flatMap(({ number, index }) =>
    index === undefined ? [number] : [number, index],
  );
  place.diagnostics.report(place.desc, message, [optionNumber, ...numbers]);
}

function stepOf(rule: DescField | DescExtension, index: number | undefined): PathStep {
  const name = rule.kind === "extension" ? `[${rule.typeName}]` : rule.name;
  const step = { number: rule.number, name, type: rule.proto.type };
  return index === undefined ? step : { ...step, index };
}
