import type { Test } from "../model/rules/test.ts";
import { emptyCollection, type Sample } from "./holds.ts";
import type { Json } from "./json.ts";
import { constantJson } from "./literals.ts";
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

/** The zero value as ProtoJSON writes it. Undefined for messages. */
export function zeroJson(type: ValueType): Json | undefined {
  switch (type.kind) {
    case "list":
      return [];
    case "map":
      return {};
    case "enum":
      return type.enum.values.find(({ number }) => number === 0)?.name ?? 0;
    default: {
      const zero = zeroOf(type);
      return zero === undefined || zero === emptyCollection ? undefined : constantJson(zero);
    }
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
    case "number":
    case "enum":
      return [{ kind: "oneOf", values: [0], negated: true }];
    case "long":
      return [{ kind: "oneOf", values: [0n], negated: true }];
    default:
      return [];
  }
}
