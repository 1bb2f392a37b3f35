import type { CallExpr, TypedExpr } from "../typed-expr.ts";
import type { Comparison } from "./comparison.ts";
import type { Emitter } from "./emitter.ts";
import { sizeBound } from "./sizes.ts";
import type { Value } from "./value.ts";

const signs: ReadonlyMap<string, Comparison | "===" | "!=="> = new Map([
  ["_<_", "<"],
  ["_<=_", "<="],
  ["_>_", ">"],
  ["_>=_", ">="],
  ["_==_", "==="],
  ["_!=_", "!=="],
]);

const mirrored = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "===": "===",
  "!==": "!==",
} as const;

/** A comparison of a string's size with a constant, if that is what the call is. */
export function printCondition(emitter: Emitter, call: CallExpr): Value | undefined {
  const sign = signs.get(call.name);
  const [a, b] = call.args;
  if (sign === undefined || a === undefined || b === undefined) {
    return undefined;
  }
  const print = (expr: TypedExpr) => emitter.emit(emitter, expr);
  if (b.kind === "constant") {
    return sizeBound(sign, a, print(b), print);
  }
  return a.kind === "constant" ? sizeBound(mirrored[sign], b, print(a), print) : undefined;
}
