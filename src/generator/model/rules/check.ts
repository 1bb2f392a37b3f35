import type { DescExtension, DescField, DescMessage, DescOneof, Message } from "@bufbuild/protobuf";
import type { RulePlace } from "./rule-place.ts";
import type { Test } from "./test.ts";

/** Everything that a generated validator does for one message, in its order. */
export interface MessageRules {
  readonly fields: readonly FieldRules[];
  /** CEL rules about the whole message. */
  readonly cel: readonly CelCheck[];
  /** Groups of fields of which at most one may be set. */
  readonly groups: readonly FieldGroup[];
  /** Oneofs of which one field must be set. */
  readonly requiredOneofs: readonly DescOneof[];
}

/** What is checked of one field. */
export interface FieldRules {
  readonly field: DescField;
  /** The field must be set, else nothing more is checked of it. */
  readonly required: boolean;
  /** The checks are only for a field that is set. */
  readonly onlyIfSet: boolean;
  readonly checks: readonly Check[];
}

/** The option `(buf.validate.message).oneof`. */
export interface FieldGroup {
  readonly fields: readonly DescField[];
  readonly required: boolean;
}

/** One step of the check of a value. */
export type Check = TestCheck | CelCheck | NestedCheck | ItemsCheck | EntriesCheck;

/** A standard rule. */
export interface TestCheck {
  readonly kind: "test";
  readonly test: Test;
  readonly rule: RuleInfo;
  /** Reported instead of `rule` if the value is empty. */
  readonly empty?: RuleInfo;
}

/** A rule written in CEL. */
export interface CelCheck {
  readonly kind: "cel";
  readonly expression: string;
  /** An empty message is replaced by what the expression says. */
  readonly rule: RuleInfo;
  /** What `this` is. */
  readonly subject: CelSubject;
  /** Where problems of the expression are reported. */
  readonly place: RulePlace;
  /** The predefined rule that the expression belongs to. */
  readonly predefined?: PredefinedRule;
}

/** A rule that is an extension of a rule message, as it is set on a field. */
export interface PredefinedRule {
  readonly extension: DescExtension;
  /** The value of the extension: the variable `rule`. */
  readonly rule: unknown;
  /** The message that the extension is set in: the variable `rules`. */
  readonly rules: Message;
  readonly desc: DescMessage;
}

/** What `this` is in a CEL expression: a message, or (a part of) the value of a field. */
export type CelSubject =
  | { readonly kind: "message"; readonly message: DescMessage }
  | { readonly kind: "field"; readonly field: DescField; readonly part: ValuePart };

/** A field's value, an element of a list, a key or a value of a map. */
export type ValuePart = "whole" | "element" | "key" | "value";

/** The value is a message with rules of its own. */
export interface NestedCheck {
  readonly kind: "nested";
  readonly message: DescMessage;
}

/** Every element of a list is checked. */
export interface ItemsCheck {
  readonly kind: "items";
  readonly items: PartChecks;
}

/** Every entry of a map is checked. */
export interface EntriesCheck {
  readonly kind: "entries";
  readonly keys: PartChecks;
  readonly values: PartChecks;
}

/** What is checked of the elements of a list, or of the keys or values of a map. */
export interface PartChecks {
  /** Zero values are left alone. */
  readonly skipZero: boolean;
  readonly checks: readonly Check[];
}

/** What a violation says about a rule. */
export interface RuleInfo {
  readonly id: string;
  readonly message: string;
  readonly path: readonly PathStep[];
  readonly forKey: boolean;
}

/** One step of a path: what `buf.validate.FieldPathElement` says of a field. */
export interface PathStep {
  readonly number: number;
  readonly name: string;
  /** A number of `google.protobuf.FieldDescriptorProto.Type`. */
  readonly type: number;
  /** Which element, of a list. */
  readonly index?: number;
}
