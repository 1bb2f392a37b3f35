import type { DescMessage, Message } from "@bufbuild/protobuf";
import { toJson } from "@bufbuild/protobuf";
import { type Validator as Oracle, violationsToProto } from "@bufbuild/protovalidate";
import {
  type Violation,
  ViolationSchema,
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

function line(violation: Violation): string {
  return JSON.stringify(toJson(ViolationSchema, violation));
}
