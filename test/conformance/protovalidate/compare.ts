import { create, toJson } from "@bufbuild/protobuf";
import {
  type FieldPath,
  FieldPathSchema,
  type Violation,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { Outcome } from "./conformance-case.ts";

/** What differs between what a case asks for and what came out; nothing if it passes. */
export function difference(wanted: Outcome, actual: Outcome): string | undefined {
  if (wanted.kind !== "violations" || actual.kind !== "violations") {
    return wanted.kind === actual.kind ? undefined : `${show(wanted)} wanted, got ${show(actual)}`;
  }
  const want = wanted.violations.toSorted(byRuleAndField);
  const got = actual.violations.toSorted(byRuleAndField);
  const equal =
    want.length === got.length &&
    want.every((violation, i) => {
      const other = got[i];
      return other !== undefined && isEqual(violation, other);
    });
  return equal ? undefined : `${show(wanted)} wanted, got ${show(actual)}`;
}

function isEqual(want: Violation, got: Violation): boolean {
  return (
    want.ruleId === got.ruleId &&
    want.forKey === got.forKey &&
    pathText(want.field) === pathText(got.field) &&
    pathText(want.rule) === pathText(got.rule) &&
    (want.message === "" || want.message === got.message)
  );
}

function byRuleAndField(a: Violation, b: Violation): number {
  return compareText(a.ruleId, b.ruleId) || compareText(pathText(a.field), pathText(b.field));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A missing path is one without elements. */
function pathText(path: FieldPath | undefined): string {
  return JSON.stringify(toJson(FieldPathSchema, path ?? create(FieldPathSchema)));
}

function show(outcome: Outcome): string {
  return outcome.kind === "violations"
    ? JSON.stringify(
        outcome.violations.map(({ ruleId, field, rule, forKey, message }) => [
          ruleId,
          pathText(field),
          pathText(rule),
          forKey,
          message,
        ]),
      )
    : `${outcome.kind}${outcome.reason === undefined ? "" : ` (${outcome.reason})`}`;
}
