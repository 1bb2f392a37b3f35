import { create, toBinary } from "@bufbuild/protobuf";
import {
  type Violation as ViolationMessage,
  ViolationSchema,
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
 *
 * @param maxBytes how long the encoded message may be; of what is too much the
 * last violations are left out
 */
export function toViolationsMessage(
  violations: readonly FieldViolation[],
  maxBytes = Number.POSITIVE_INFINITY,
): Violations {
  const messages = violations.map(toViolationMessage);
  return create(ViolationsSchema, {
    violations: messages.slice(0, countFitting(messages, maxBytes)),
  });
}

function toViolationMessage({ field, rule, message, forKey, violation }: FieldViolation) {
  const fieldPath = pathMessage(violation?.field ?? parseFieldPath(field));
  const rulePath = pathMessage(violation?.rule ?? []);
  return create(ViolationSchema, {
    ...(fieldPath && { field: fieldPath }),
    ...(rulePath && { rule: rulePath }),
    ruleId: rule,
    ...(message !== "" && { message }),
    forKey,
  });
}

function countFitting(messages: readonly ViolationMessage[], maxBytes: number): number {
  let left = maxBytes;
  const tooMuch = messages.findIndex((message) => {
    // Each has a tag of one byte and a length of up to five before it.
    left -=
      maxBytes === Number.POSITIVE_INFINITY ? 0 : toBinary(ViolationSchema, message).length + 6;
    return left < 0;
  });
  return tooMuch < 0 ? messages.length : tooMuch;
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
