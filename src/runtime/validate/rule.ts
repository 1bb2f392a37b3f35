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

/**
 * A rule whose id is the end of its path, as that of all standard rules but
 * those that come in pairs: `string.min_len`.
 */
// @__NO_SIDE_EFFECTS__
export function rule(message: string, ...path: FieldPathElement[]): Rule {
  const names = path.slice(-2).map(({ fieldName }) => fieldName);
  return namedRule(names.join("."), message, ...path);
}

/** A rule with an id of its own. A rule about a whole message has no path. */
// @__NO_SIDE_EFFECTS__
export function namedRule(id: string, message: string, ...path: FieldPathElement[]): Rule {
  return { id, message, path, forKey: false };
}

/** The same rule about the keys of a map. */
// @__NO_SIDE_EFFECTS__
export function forKeys(about: Rule): Rule {
  return { ...about, forKey: true };
}
