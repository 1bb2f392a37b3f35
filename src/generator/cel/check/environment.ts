import type { DescEnum, DescMessage, Registry } from "@bufbuild/protobuf";
import {
  bool,
  bytes,
  type CelType,
  double,
  duration,
  dyn,
  int,
  list,
  map,
  nullType,
  string,
  timestamp,
  typeOf,
  uint,
} from "../cel-type.ts";
import { messageType } from "../field-type.ts";
import type { Library } from "./declaration.ts";

/** What an expression may refer to. */
export interface Environment {
  readonly library: Library;
  readonly variables: ReadonlyMap<string, CelType>;
  /** The messages and enums that can be named. */
  readonly registry: Registry;
  /** The namespace in which names are looked up first, for example a package. */
  readonly container: string;
  /** Macros beyond those of CEL's specification. */
  readonly extraMacros: ReadonlySet<ExtraMacro>;
}

/** `bind`: `cel.bind(x, value, x + x)`. `twoVariables`: `list.all(i, v, i < v)` and its like. */
export type ExtraMacro = "bind" | "twoVariables";

/** What a name stands for. */
export type NamedThing =
  | { readonly kind: "variable"; readonly name: string; readonly type: CelType }
  | { readonly kind: "type"; readonly of: CelType }
  | { readonly kind: "enumValue"; readonly number: number };

/**
 * Finds what a name stands for. In the container `a.b` the name `x.y` means
 * `a.b.x.y`, else `a.x.y`, else `x.y`; with a dot in front, just `x.y`.
 */
export function lookUp(env: Environment, name: string): NamedThing | undefined {
  for (const candidate of candidateNames(env.container, name)) {
    const found = lookUpExact(env, candidate);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Finds the message that a name stands for. */
export function lookUpMessage(env: Environment, name: string): DescMessage | undefined {
  for (const candidate of candidateNames(env.container, name)) {
    const found = env.registry.getMessage(candidate);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

export function candidateNames(container: string, name: string): string[] {
  if (name.startsWith(".")) {
    return [name.slice(1)];
  }
  const parts = container === "" ? [] : container.split(".");
  const prefixes = parts.map((_, i) => `${parts.slice(0, parts.length - i).join(".")}.`);
  return [...prefixes, ""].map((prefix) => prefix + name);
}

function lookUpExact(env: Environment, name: string): NamedThing | undefined {
  const variable = env.variables.get(name);
  if (variable !== undefined) {
    return { kind: "variable", name, type: variable };
  }
  const simple = simpleTypes.get(name);
  if (simple !== undefined) {
    return { kind: "type", of: simple };
  }
  const message = env.registry.getMessage(name);
  return message === undefined ? enumValue(env, name) : { kind: "type", of: messageType(message) };
}

function enumValue(env: Environment, name: string): NamedThing | undefined {
  const dot = name.lastIndexOf(".");
  const desc: DescEnum | undefined = env.registry.getEnum(name.slice(0, Math.max(dot, 0)));
  const value = desc?.values.find((candidate) => candidate.name === name.slice(dot + 1));
  return value === undefined ? undefined : { kind: "enumValue", number: value.number };
}

const simpleTypes: ReadonlyMap<string, CelType> = new Map([
  ["bool", bool],
  ["int", int],
  ["uint", uint],
  ["double", double],
  ["string", string],
  ["bytes", bytes],
  ["null_type", nullType],
  ["list", list(dyn)],
  ["map", map(dyn, dyn)],
  ["type", typeOf(dyn)],
  ["google.protobuf.Timestamp", timestamp],
  ["google.protobuf.Duration", duration],
]);
