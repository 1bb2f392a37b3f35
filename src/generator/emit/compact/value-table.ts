import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { GeneratedFile, Printable } from "@bufbuild/protoplugin";
import type { EmitContext } from "../emit-context.ts";
import { tableName } from "./table-names.ts";

/** What the types of a message's fields are printed with. */
export interface TableScope {
  readonly f: GeneratedFile;
  readonly context: EmitContext;
  /** Whether the table of a message stands further down in the module. */
  isLater(message: DescMessage): boolean;
}

/** Code for the type of a field. */
export function fieldType(scope: TableScope, field: DescField): Printable {
  const value = valueType(scope, field);
  switch (field.fieldKind) {
    case "list": {
      const isUnpacked = !field.packed && isPackable(field);
      return call(scope, "list", isUnpacked ? [value, ", false"] : value);
    }
    case "map":
      return call(scope, mapName(scope, field), [
        helper(scope, keyName(field.mapKey)),
        ", ",
        value,
      ]);
    default:
      return value;
  }
}

function mapName({ context }: TableScope, field: DescField & { fieldKind: "map" }): string {
  return context.model.mapForm(field) === "Map" ? "keyedMap" : "map";
}

function valueType(scope: TableScope, field: DescField): Printable {
  const shape = scope.context.model.shape(field);
  switch (shape.kind) {
    case "scalar": {
      const scalar = helper(scope, scalarName(shape.scalar));
      return shape.long === "string" && isLong(shape.scalar)
        ? call(scope, "asText", scalar)
        : scalar;
    }
    case "enum":
      return table(scope, shape.enum);
    case "nullValue":
      return helper(scope, "nullValue");
    case "wrapper":
      return call(scope, "wrapper", helper(scope, scalarName(shape.scalar)));
    case "wellKnown":
      return helper(scope, `${shape.type.slice(0, 1).toLowerCase()}${shape.type.slice(1)}`);
    case "message":
      return scope.isLater(shape.message)
        ? call(scope, "lazy", ["() => ", table(scope, shape.message)])
        : table(scope, shape.message);
  }
}

function helper({ f }: TableScope, name: string): Printable {
  return f.import(name, "botwire/compact");
}

function call(scope: TableScope, name: string, values: Printable): Printable {
  return ["/* @__PURE__ */ ", helper(scope, name), "(", values, ")"];
}

/** The table of a message or enum, wherever that is. */
function table({ f, context }: TableScope, desc: DescMessage | DescEnum): Printable {
  return f.import(tableName(desc), `${context.paths.actions(desc.file)}.codec.js`);
}

function keyName(key: ScalarType): string {
  return key === ScalarType.BOOL ? "boolKey" : scalarName(key);
}

/** The name of a scalar, which is that of its type in botwire/compact. */
function scalarName(scalar: ScalarType): string {
  return ScalarType[scalar].toLowerCase();
}

function isLong(scalar: ScalarType): boolean {
  return /64$/.test(ScalarType[scalar]);
}

/** Whether the values of a list may be packed. */
function isPackable(field: DescField): boolean {
  return (
    field.message === undefined &&
    field.scalar !== ScalarType.STRING &&
    field.scalar !== ScalarType.BYTES
  );
}
