import type { DescMessage } from "@bufbuild/protobuf";

/**
 * A type of CEL: https://github.com/google/cel-spec/blob/master/doc/langdef.md#gradual-type-checking.
 * Enums are `int`; `google.protobuf.Any`, `Value` and what isn't known before
 * evaluating is `dyn`; the types of google/protobuf/wrappers.proto are the
 * scalar they wrap, or null.
 */
export type CelType =
  | { readonly kind: PrimitiveKind | "null" | "dyn" | "timestamp" | "duration" }
  | { readonly kind: "wrapper"; readonly of: CelType }
  | { readonly kind: "list"; readonly element: CelType }
  | { readonly kind: "map"; readonly key: CelType; readonly value: CelType }
  | { readonly kind: "message"; readonly desc: DescMessage }
  | { readonly kind: "optional"; readonly of: CelType }
  /** The type of types; `of` is the type that the value is. */
  | { readonly kind: "type"; readonly of: CelType }
  /** Stands for a type that is yet to be found. */
  | { readonly kind: "param"; readonly name: string };

export type PrimitiveKind = "bool" | "int" | "uint" | "double" | "string" | "bytes";

export const bool: CelType = { kind: "bool" };
export const int: CelType = { kind: "int" };
export const uint: CelType = { kind: "uint" };
export const double: CelType = { kind: "double" };
export const string: CelType = { kind: "string" };
export const bytes: CelType = { kind: "bytes" };
export const nullType: CelType = { kind: "null" };
export const dyn: CelType = { kind: "dyn" };
export const timestamp: CelType = { kind: "timestamp" };
export const duration: CelType = { kind: "duration" };

export function list(element: CelType): CelType {
  return { kind: "list", element };
}

export function map(key: CelType, value: CelType): CelType {
  return { kind: "map", key, value };
}

export function wrapper(of: CelType): CelType {
  return { kind: "wrapper", of };
}

export function optional(of: CelType): CelType {
  return { kind: "optional", of };
}

export function typeOf(of: CelType): CelType {
  return { kind: "type", of };
}

export function param(name: string): CelType {
  return { kind: "param", name };
}

/** The types that a type is made of. */
export function parameters(type: CelType): readonly CelType[] {
  switch (type.kind) {
    case "wrapper":
    case "optional":
    case "type":
      return [type.of];
    case "list":
      return [type.element];
    case "map":
      return [type.key, type.value];
    default:
      return [];
  }
}

/** The type with other types in the place of those that it is made of. */
export function mapParameters(type: CelType, change: (type: CelType) => CelType): CelType {
  switch (type.kind) {
    case "wrapper":
    case "optional":
    case "type":
      return { kind: type.kind, of: change(type.of) };
    case "list":
      return list(change(type.element));
    case "map":
      return map(change(type.key), change(type.value));
    default:
      return type;
  }
}

/** Whether two types are the same. */
export function sameType(a: CelType, b: CelType): boolean {
  if (a.kind === "message" && b.kind === "message") {
    return a.desc.typeName === b.desc.typeName;
  }
  if (a.kind === "param" && b.kind === "param") {
    return a.name === b.name;
  }
  const others = parameters(b);
  return (
    a.kind === b.kind &&
    parameters(a).every((type, i) => {
      const other = others[i];
      return other !== undefined && sameType(type, other);
    })
  );
}

/** The type as CEL's documentation writes it. */
export function formatType(type: CelType): string {
  switch (type.kind) {
    case "message":
      return type.desc.typeName;
    case "timestamp":
      return "google.protobuf.Timestamp";
    case "duration":
      return "google.protobuf.Duration";
    case "optional":
      return `optional_type(${formatType(type.of)})`;
    case "param":
      return type.name;
    default: {
      const inner = parameters(type).map(formatType);
      return inner.length === 0 ? type.kind : `${type.kind}(${inner.join(", ")})`;
    }
  }
}
