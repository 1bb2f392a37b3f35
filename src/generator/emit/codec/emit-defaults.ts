import type { DescField, DescMessage } from "@bufbuild/protobuf";
import type { Printable } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import { key } from "../../message-model/property.ts";
import { defaultsName, zero } from "./blank.ts";
import type { CodecScope } from "./codec-scope.ts";

/** Prints the prototype of messages that inherit the defaults of fields which are not set. */
export function emitDefaults(scope: CodecScope, message: DescMessage): void {
  const { f } = scope;
  f.print(`const ${defaultsName(message)} = {`);
  for (const field of scope.model.literal(message).inherited) {
    f.print`  ${key(scope.model.property(field))}: ${defaultValue(scope, field)},`;
  }
  f.print("};");
}

function defaultValue(scope: CodecScope, field: DescField): Printable {
  const value =
    field.fieldKind === "scalar" || field.fieldKind === "enum"
      ? field.getDefaultValue()
      : undefined;
  switch (typeof value) {
    case "string":
      return stringLiteral(value);
    case "bigint":
      return field.fieldKind === "scalar" && field.longAsString
        ? stringLiteral(String(value))
        : `${value}n`;
    case "number":
      return Object.is(value, -0) ? "-0" : value;
    case "boolean":
      return value;
    case "object":
      return [`globalThis.Uint8Array.of(${[...value].join(", ")})`];
    default:
      return zero(scope, field);
  }
}
