import type { JsonObject, JsonValue } from "../../codec/json-value.ts";
import { expected, isA, levels, pass } from "../context.ts";
import { lazy } from "../lazy.ts";
import { list } from "../list.ts";
import { map } from "../map.ts";
import { compactMessage } from "../message.ts";
import { bool } from "../scalars/bool.ts";
import { double } from "../scalars/real.ts";
import { string } from "../scalars/string.ts";
import type { CollectionType, ValueType } from "../value-type.ts";
import { copyJson } from "./copy-json.ts";
import { nullValue } from "./null-value.ts";
import { unwrapped } from "./unwrapped.ts";

// google.protobuf.Struct, Value and ListValue, kept as the JSON that they stand for.

/** JSON text may have numbers that are too large for a double. */
const isReadable = (number: number) => !Number.isNaN(number);

const write = (value: unknown) => copyJson(value, Number.POSITIVE_INFINITY, Number.isFinite);

function container<V extends JsonObject | JsonValue[]>(
  kind: "object" | "array",
  name: string,
  type: CollectionType<V>,
): ValueType<V> {
  return unwrapped(
    name,
    type,
    (json) =>
      (kind === "object" ? isA(kind, json) : isA(kind, json))
        ? (copyJson(json, levels, isReadable) as V | undefined)
        : undefined,
    (value) =>
      (kind === "object" ? isA(kind, value) : isA(kind, value)) ? write(value) : undefined,
  );
}

/** A `google.protobuf.Struct`: any JSON object. */
export const struct: ValueType<JsonObject> = /* @__PURE__ */ container(
  "object",
  "fields",
  /* @__PURE__ */ map(
    string,
    /* @__PURE__ */ lazy(() => value),
  ) as CollectionType<JsonObject>,
);

/** A `google.protobuf.ListValue`: any JSON array. */
export const listValue: ValueType<JsonValue[]> = /* @__PURE__ */ container(
  "array",
  "values",
  /* @__PURE__ */ list(/* @__PURE__ */ lazy(() => value)),
);

/** A `google.protobuf.Value` as ts-proto has it in the binary format. */
interface Kind {
  kind: { readonly $case: string; readonly value: unknown } | undefined;
}

function kindOf(json: JsonValue): Kind["kind"] {
  switch (typeof json) {
    case "string":
    case "number":
    case "boolean":
      return { $case: `${typeof json === "boolean" ? "bool" : typeof json}Value`, value: json };
    case "object":
      return json === null
        ? { $case: "nullValue", value: 0 }
        : { $case: Array.isArray(json) ? "listValue" : "structValue", value: json };
    default:
      return expected("JSON value", json);
  }
}

function anyValue(): ValueType<JsonValue> {
  const codec = compactMessage<Kind>(
    "google.protobuf.Value",
    "kind/nullValue kind/numberValue kind/stringValue kind/boolValue kind/structValue kind/listValue",
    [nullValue, double, string, bool, struct, listValue],
  );
  return {
    wire: 2,
    takesNull: true,
    blank: () => null,
    read(json) {
      pass();
      // A Value counts twice towards the depth: as a message, and as the value in it.
      return copyJson(json, levels - 1, isReadable);
    },
    write,
    decode(before) {
      const { kind } = codec.decode(before === undefined ? before : { kind: kindOf(before) });
      return kind === undefined || kind.$case === "nullValue" ? null : (kind.value as JsonValue);
    },
    encode: (json) => codec.encode({ kind: kindOf(json) }),
  };
}

/** A `google.protobuf.Value`: any JSON. One that has nothing at all is null. */
export const value: ValueType<JsonValue> = /* @__PURE__ */ anyValue();
