/**
 * One broken rule, with the same content as `buf.validate.Violation`.
 * See https://github.com/bufbuild/protovalidate.
 */
export interface Violation {
  /** Where the value is; empty if the rule is about the whole message. */
  readonly field: readonly FieldPathElement[];
  /** Which rule it broke, as a path inside the rule messages. */
  readonly rule: readonly FieldPathElement[];
  /** The rule's id, for example `string.min_len`. */
  readonly ruleId: string;
  /** What the rule asks for, for people. */
  readonly message: string;
  /** True if the rule is about a map's key, not its value. */
  readonly forKey: boolean;
}

/** One step of a path, with the same content as `buf.validate.FieldPathElement`. */
export interface FieldPathElement {
  readonly fieldNumber?: number;
  readonly fieldName: string;
  /** A number of `google.protobuf.FieldDescriptorProto.Type`. */
  readonly fieldType?: number;
  /** The type of a map's keys, if `subscript` is a map key. */
  readonly keyType?: number;
  /** The type of a map's values, if `subscript` is a map key. */
  readonly valueType?: number;
  readonly subscript?: Subscript;
}

/** An index of a list, or the key of a map. */
export type Subscript =
  | { readonly kind: "index"; readonly value: number }
  | { readonly kind: "boolKey"; readonly value: boolean }
  | { readonly kind: "intKey"; readonly value: bigint }
  | { readonly kind: "uintKey"; readonly value: bigint }
  | { readonly kind: "stringKey"; readonly value: string };
