import type { Test } from "../model/rules/test.ts";
import type { MessageType } from "./message-type.ts";

/** A value of a field, of a list or of a map, with the rules about it. */
export interface Value {
  readonly type: ValueType;
  readonly tests: readonly Test[];
  /** Rules that only words can say. */
  readonly notes: readonly string[];
  /** The zero value is fine whatever the rules say. */
  readonly zeroAllowed: boolean;
}

/** What a value is, and how ProtoJSON writes it. */
export type ValueType =
  | { readonly kind: "string" | "boolean" }
  /** Base64. */
  | { readonly kind: "bytes" }
  /** A 32-bit integer, a number. */
  | { readonly kind: "integer"; readonly unsigned: boolean }
  /** A 64-bit integer, a string. */
  | { readonly kind: "long"; readonly unsigned: boolean }
  /** A float or a double, a number; NaN and the infinities are strings. */
  | { readonly kind: "number"; readonly single: boolean }
  | { readonly kind: "enum"; readonly enum: EnumType }
  | { readonly kind: "timestamp" | "duration" | "fieldMask" | "any" | "struct" | "jsonList" }
  /** Any JSON: `google.protobuf.Value`. */
  | { readonly kind: "json" }
  /** JSON null: `google.protobuf.NullValue`. */
  | { readonly kind: "null" }
  /** With `unchecked` the rules inside of the message don't count here. */
  | { readonly kind: "message"; readonly message: MessageType; readonly unchecked?: boolean }
  | { readonly kind: "list"; readonly items: Value }
  /** An object whose names are the keys: ProtoJSON writes keys of every type as strings. */
  | { readonly kind: "map"; readonly keys: Value; readonly values: Value };

/** An enum, written by the names of its values. */
export interface EnumType {
  /** Full name. */
  readonly typeName: string;
  readonly name: string;
  /** The .proto's comment, unwrapped. */
  readonly description: string;
  /** Numbers that have no name are values, too. */
  readonly open: boolean;
  /** One for each number: the name that ProtoJSON writes. */
  readonly values: readonly EnumValue[];
}

/** A value of an enum. */
export interface EnumValue {
  readonly name: string;
  readonly number: number;
  /** The .proto's comment, unwrapped. */
  readonly description: string;
  readonly deprecated: boolean;
}
