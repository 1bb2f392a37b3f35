import type { DescField, DescMessage } from "@bufbuild/protobuf";
import type { CelType } from "./cel-type.ts";
import type { Overload } from "./check/declaration.ts";

/** A CEL expression whose every part has a type, and whose names are resolved. */
export type TypedExpr = {
  readonly type: CelType;
  /** Where the expression is in the source, in UTF-16 units. */
  readonly offset: number;
} & TypedExprKind;

export type TypedExprKind =
  | { readonly kind: "constant"; readonly value: ConstantValue }
  | { readonly kind: "variable"; readonly name: string }
  /** The name of a type, as a value: the expression's type is `type(of)`. */
  | { readonly kind: "typeName"; readonly of: CelType }
  | { readonly kind: "field"; readonly operand: TypedExpr; readonly field: DescField }
  | { readonly kind: "hasField"; readonly operand: TypedExpr; readonly field: DescField }
  /** The entry of a map, or whatever a value that isn't known yet has of this name. */
  | { readonly kind: "key"; readonly operand: TypedExpr; readonly key: string }
  | { readonly kind: "hasKey"; readonly operand: TypedExpr; readonly key: string }
  | CallExpr
  | { readonly kind: "list"; readonly elements: readonly TypedExpr[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [TypedExpr, TypedExpr])[] }
  | {
      readonly kind: "message";
      readonly desc: DescMessage;
      readonly fields: readonly (readonly [DescField, TypedExpr])[];
    }
  | LoopExpr
  | {
      readonly kind: "let";
      readonly name: string;
      readonly value: TypedExpr;
      readonly body: TypedExpr;
    };

/** Integers are bigints; the expression's type tells `int` from `uint`. */
export type ConstantValue = boolean | bigint | number | string | Uint8Array | null;

/** A call of a function or operator. */
export interface CallExpr {
  readonly kind: "call";
  readonly name: string;
  /** The overload that is called; several if only the values will tell. */
  readonly overloads: readonly Overload[];
  /** The arguments; first the object that a method is called on. */
  readonly args: readonly TypedExpr[];
}

/** A macro over the elements of a list, or the keys of a map. */
export interface LoopExpr {
  readonly kind: "loop";
  readonly macro: LoopMacro;
  readonly range: TypedExpr;
  /** One variable for the element or key; two for index and element, or key and value. */
  readonly variables: readonly LoopVariable[];
  /** The condition of `all`, `exists`, `existsOne`, `filter` and of `map` with three arguments. */
  readonly condition: TypedExpr | undefined;
  /** What `map` and the `transform` macros make. */
  readonly result: TypedExpr | undefined;
}

export type LoopMacro =
  | "all"
  | "exists"
  | "existsOne"
  | "map"
  | "filter"
  | "transformMap"
  | "transformMapEntry";

export interface LoopVariable {
  /** A name that no other variable of the expression has. */
  readonly name: string;
  readonly type: CelType;
}
