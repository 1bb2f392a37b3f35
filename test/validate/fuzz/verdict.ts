import type { DescMessage, Message } from "@bufbuild/protobuf";
import { type Validator as Oracle, violationsToProto } from "@bufbuild/protovalidate";
import type {
  FieldPath,
  FieldPathElement,
  Violation,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { toViolationsMessage } from "../../../src/runtime/connect/violations.ts";
import { RuleError } from "../../../src/runtime/validate/rule-error.ts";
import { validate } from "../../../src/runtime/validate/validate.ts";
import type { Validator } from "../../../src/runtime/validate/validator.ts";

/** What validating a message comes to, as lines that can be compared. */
export type Verdict = readonly string[];

/** What protovalidate says of a message. */
export function expectedVerdict(oracle: Oracle, desc: DescMessage, message: Message): Verdict {
  const result = oracle.validate(desc, message);
  switch (result.kind) {
    case "valid":
      return [];
    case "invalid":
      return violationsToProto(result.violations)[0].violations.map(line);
    case "error":
      return ["error"];
  }
}

/** What a generated validator says of a message. */
export function actualVerdict(validator: Validator<unknown>, message: unknown): Verdict {
  try {
    const violations = validate({ validate: validator }, message).map((violation) => {
      const { ruleId, message, forKey } = violation;
      return { field: "", rule: ruleId, message, forKey, violation };
    });
    return toViolationsMessage(violations).violations.map(line);
  } catch (error) {
    return [error instanceof RuleError ? "error" : String(error)];
  }
}

/** All that a violation holds. Printed by hand: as JSON it takes longer than all the rest. */
function line(violation: Violation): string {
  const { field, rule, ruleId, message, forKey } = violation;
  const text = JSON.stringify([ruleId, isSet(violation, "message") ? message : null]);
  return `${text} ${isSet(violation, "forKey") ? forKey : "-"} ${path(field)} by ${path(rule)}`;
}

function path(path: FieldPath | undefined): string {
  return path === undefined ? "-" : path.elements.map(step).join(".");
}

const numbers = ["fieldNumber", "fieldType", "keyType", "valueType"] as const;

function step(element: FieldPathElement): string {
  const { case: kind, value } = element.subscript;
  const subscript = kind === "stringKey" ? JSON.stringify(value) : String(value);
  const types = numbers.map((name) => (isSet(element, name) ? element[name] : "-")).join(",");
  return `${element.fieldName}(${types})${kind === undefined ? "" : `[${kind} ${subscript}]`}`;
}

/** Whether a field with presence is set: else its default is in the prototype. */
function isSet<T extends object>(message: T, name: keyof T & string): boolean {
  return Object.hasOwn(message, name);
}
