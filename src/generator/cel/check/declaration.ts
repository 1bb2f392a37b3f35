import type { CelType } from "../cel-type.ts";

/** A function or operator of CEL, with all its overloads. */
export interface FunctionDecl {
  readonly name: string;
  readonly overloads: readonly Overload[];
}

/** One of the ways to call a function. */
export interface Overload {
  /** A name that is unique among all overloads, as in cel-go where it has one. */
  readonly id: string;
  /** Called as `a.f(b)`; then the first of the parameters is `a`. */
  readonly member: boolean;
  readonly params: readonly CelType[];
  readonly result: CelType;
}

/** Declares a function that is called as `f(a)`. */
export function fn(
  name: string,
  ...overloads: readonly (readonly [id: string, params: readonly CelType[], result: CelType])[]
): FunctionDecl {
  return {
    name,
    overloads: overloads.map(([id, params, result]) => ({ id, member: false, params, result })),
  };
}

/** Declares a function that is called as `a.f(b)`. */
export function method(
  name: string,
  ...overloads: readonly (readonly [id: string, params: readonly CelType[], result: CelType])[]
): FunctionDecl {
  return {
    name,
    overloads: overloads.map(([id, params, result]) => ({ id, member: true, params, result })),
  };
}

/** All functions that an expression may call, by name. */
export type Library = ReadonlyMap<string, FunctionDecl>;

/** One library of several; overloads of the same function add up. */
export function combine(...lists: readonly (readonly FunctionDecl[])[]): Library {
  const library = new Map<string, FunctionDecl>();
  for (const decl of lists.flat()) {
    const overloads = library.get(decl.name)?.overloads ?? [];
    library.set(decl.name, { name: decl.name, overloads: [...overloads, ...decl.overloads] });
  }
  return library;
}
