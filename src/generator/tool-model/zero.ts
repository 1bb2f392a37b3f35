import type { Test } from "../model/rules/test.ts";
import { emptyCollection, type Sample } from "./holds.ts";
import type { ValueType } from "./value-type.ts";

/** What a field without presence has when it is left out. Undefined for messages. */
export function zeroOf(type: ValueType): Sample | undefined {
  switch (type.kind) {
    case "string":
      return "";
    case "boolean":
      return false;
    case "bytes":
      return new Uint8Array();
    case "integer":
    case "number":
    case "enum":
      return 0;
    case "long":
      return 0n;
    case "list":
    case "map":
      return emptyCollection;
    default:
      return undefined;
  }
}

/** The rule that a required field without presence has to keep: it isn't zero. */
export function nonZeroTest(type: ValueType): readonly Test[] {
  switch (type.kind) {
    case "string":
      return [{ kind: "length", unit: "codePoints", bound: "min", length: 1 }];
    case "bytes":
      return [{ kind: "length", unit: "bytes", bound: "min", length: 1 }];
    case "list":
      return [{ kind: "length", unit: "items", bound: "min", length: 1 }];
    case "map":
      return [{ kind: "length", unit: "pairs", bound: "min", length: 1 }];
    case "boolean":
      return [{ kind: "equals", value: true }];
    case "integer":
    case "enum":
      return [{ kind: "oneOf", values: [0], negated: true }];
    case "number":
      // Minus zero isn't the zero value, but JSON Schema takes it for the same.
      return [];
    case "long":
      return [{ kind: "oneOf", values: [0n], negated: true }];
    default:
      return [];
  }
}
