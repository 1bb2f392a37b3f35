import { create } from "@bufbuild/protobuf";
import {
  type Violation as ViolationMessage,
  type Violations,
  ViolationsSchema,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { FieldViolation } from "../action/error.ts";
import type { FieldPathElement } from "../validate/violation.ts";
import { violationPath } from "../validate/violation-path.ts";
import { fromElementMessage, parseFieldPath, toElementMessage } from "./field-path.ts";

/**
 * Problems of a request as the message `buf.validate.Violations`, equal to
 * what protovalidate reports. Of a problem that no validator found (a value
 * that could not be read) only the path's names are known.
 */
export function toViolationsMessage(violations: readonly FieldViolation[]): Violations {
  return create(ViolationsSchema, {
    violations: violations.map(({ field, rule, message, forKey, violation }) => {
      const fieldPath = pathMessage(violation?.field ?? parseFieldPath(field));
      const rulePath = pathMessage(violation?.rule ?? []);
      return {
        ...(fieldPath && { field: fieldPath }),
        ...(rulePath && { rule: rulePath }),
        ruleId: rule,
        ...(message !== "" && { message }),
        forKey,
      };
    }),
  });
}

/** protovalidate leaves out a path without steps. */
function pathMessage(path: readonly FieldPathElement[]) {
  return path.length === 0 ? undefined : { elements: path.map(toElementMessage) };
}

/** Problems of a request from the message `buf.validate.Violations`. */
export function fromViolationsMessage(message: Violations): FieldViolation[] {
  return message.violations.map((violation) => {
    const { ruleId, message: text, forKey } = violation;
    const field = pathFrom(violation.field);
    return {
      field: violationPath({ field }),
      rule: ruleId,
      message: text,
      forKey,
      violation: { field, rule: pathFrom(violation.rule), ruleId, message: text, forKey },
    };
  });
}

function pathFrom(path: ViolationMessage["field"]): FieldPathElement[] {
  return path === undefined ? [] : path.elements.map(fromElementMessage);
}
