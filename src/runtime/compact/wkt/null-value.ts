import { expected } from "../context.ts";
import { compactEnum } from "../enum.ts";
import type { ValueType } from "../value-type.ts";

function nullable(type: ValueType<number>): ValueType<number> {
  return {
    ...type,
    takesNull: true,
    read: (json) => (json === null ? 0 : type.read(json)),
    write: (value) => (typeof value === "number" ? null : expected("null value", value)),
  };
}

/** A `google.protobuf.NullValue`: null, its name, or a number. */
export const nullValue: ValueType<number> = /* @__PURE__ */ nullable(
  /* @__PURE__ */ compactEnum("google.protobuf.NullValue", "NULL_VALUE"),
);
