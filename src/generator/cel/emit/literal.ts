import { type Code, code, stringLiteral } from "../../code.ts";
import type { ConstantValue } from "../typed-expr.ts";

/** A value as a literal; bytes become a constant of the module. */
export function literalOf(value: ConstantValue): Code {
  switch (typeof value) {
    case "string":
      return code`${stringLiteral(value)}`;
    case "bigint":
      return code`${`${value}n`}`;
    case "number":
      return code`${numberLiteral(value)}`;
    case "boolean":
      return code`${String(value)}`;
    case "object":
      return value === null ? code`null` : bytesLiteral(value);
  }
}

export function numberLiteral(value: number): string {
  if (Number.isNaN(value)) {
    return "globalThis.Number.NaN";
  }
  if (!Number.isFinite(value)) {
    return `${value < 0 ? "-" : ""}globalThis.Number.POSITIVE_INFINITY`;
  }
  return Object.is(value, -0) ? "-0" : String(value);
}

function bytesLiteral(bytes: Uint8Array): Code {
  const value = code`globalThis.Uint8Array.of(${bytes.join(", ")})`;
  return code`${{ kind: "constant", hint: "bytes", value } as const}`;
}
