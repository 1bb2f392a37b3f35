import type { FieldPathElement } from "./violation.ts";

/** What a violation says about the rule that was broken. */
export interface Rule {
  /** The rule's id, for example `string.min_len`. */
  readonly id: string;
  /** What the rule asks for, for people. */
  readonly message: string;
  /** Where the rule is inside the rule messages. */
  readonly path: readonly FieldPathElement[];
  /** True if the rule is about a map's keys. */
  readonly forKey: boolean;
}

/** The step to a field, in the message that is checked or in the rule messages. */
export interface FieldStep extends FieldPathElement {
  readonly fieldNumber: number;
  readonly fieldType: number;
}

/** Names a field. The type is a number of `google.protobuf.FieldDescriptorProto.Type`. */
// @__NO_SIDE_EFFECTS__
export function field(fieldNumber: number, fieldName: string, fieldType: number): FieldStep {
  return { fieldNumber, fieldName, fieldType };
}

/** A rule about a value. A rule about a whole message has no path. */
// @__NO_SIDE_EFFECTS__
export function rule(id: string, message: string, ...path: FieldPathElement[]): Rule {
  return { id, message, path, forKey: false };
}

/** A rule about the keys of a map. */
// @__NO_SIDE_EFFECTS__
export function keyRule(id: string, message: string, ...path: FieldPathElement[]): Rule {
  return { id, message, path, forKey: true };
}

/** `required`: the field must be set. */
export const required: Rule = {
  id: "required",
  message: "value is required",
  path: [{ fieldNumber: 25, fieldName: "required", fieldType: 8 }],
  forKey: false,
};

/** `required` of a oneof: one of its fields must be set. */
export const requiredOneof: Rule = {
  id: "required",
  message: "exactly one field is required in oneof",
  path: [],
  forKey: false,
};
