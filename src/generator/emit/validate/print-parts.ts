import { type DescField, ScalarType } from "@bufbuild/protobuf";
import { FieldDescriptorProto_Type } from "@bufbuild/protobuf/wkt";
import { type Code, code } from "../../code.ts";
import type { DescMap } from "../../message-model/message-model.ts";
import type { ValueShape } from "../../message-model/value-shape.ts";
import type { EntriesCheck, PartChecks } from "../../model/rules/check.ts";
import { isValueCheck, printChecks } from "./print-checks.ts";
import { type FieldSite, partSite } from "./rule-code.ts";
import type { ValidateScope } from "./validate-scope.ts";
import { isLong, isNotZero, type ValidatedValue, validatedValue } from "./validated-value.ts";

/** Prints the checks of the elements of a list. */
export function printItems(
  scope: ValidateScope,
  field: DescField,
  items: PartChecks,
  list: string,
  site: FieldSite,
): void {
  const { module, model } = scope;
  module.block(code`for (let i = 0; i < ${list}.length && !violations.full; i++)`, () => {
    module.line(code`const item = ${list}[i];`);
    module.line(code`if (item === undefined) continue;`);
    const shape = model.shape(field);
    const element = partSite(site, "index", code`i`);
    printPart(scope, items, shape, validatedValue(shape, "item"), element);
  });
}

/** Prints the checks of the keys and values of a map. */
export function printEntries(
  scope: ValidateScope,
  field: DescMap,
  { keys, values }: EntriesCheck,
  map: string,
  site: FieldSite,
): void {
  const { module, model } = scope;
  const isMap = model.mapForm(field) === "Map";
  const key = isMap || field.mapKey === ScalarType.STRING ? "key" : "name";
  const entry = entrySite(field, site, key);
  const pair = values.checks.length > 0 ? "[key, item]" : "[key]";
  const head = isMap ? code`const ${pair} of ${map}` : code`const ${key} in ${map}`;
  module.block(code`for (${head})`, () => {
    module.line(code`if (violations.full) break;`);
    if (keys.checks.length > 0) {
      // Rules in CEL convert names themselves.
      const converts = keys.skipZero || keys.checks.some(({ kind }) => kind === "test");
      if (key === "name" && converts) {
        module.line(code`const key = ${keyOfName(field.mapKey)};`);
      }
      const shape = { kind: "scalar", scalar: field.mapKey, long: "bigint" } as const;
      printPart(scope, keys, shape, { ...validatedValue(shape, "key"), raw: key }, entry);
    }
    if (values.checks.length > 0) {
      if (!isMap) {
        module.line(code`const item = ${map}[${key}];`);
      }
      module.line(code`if (item === undefined) continue;`);
      const shape = model.shape(field);
      printPart(scope, values, shape, validatedValue(shape, "item"), entry);
    }
  });
}

function printPart(
  scope: ValidateScope,
  { skipZero, checks }: PartChecks,
  shape: ValueShape,
  value: ValidatedValue,
  site: FieldSite,
): void {
  const print = () => printChecks(scope, checks.filter(isValueCheck), value, site);
  if (skipZero) {
    scope.module.block(
      code`if (${isNotZero(shape, value.local === undefined ? value.tested.code : value.raw)})`,
      print,
    );
  } else {
    print();
  }
}

/** A map's key from its name as a property. */
function keyOfName(scalar: ScalarType): Code {
  if (scalar === ScalarType.BOOL) {
    return code`name === "true"`;
  }
  return code`globalThis.${isLong(scalar) ? "BigInt" : "Number"}(name)`;
}

/** The place of an entry of a map, whose key may be the name of a property. */
function entrySite(field: DescMap, { step }: FieldSite, key: string): FieldSite {
  const typed = {
    step: [step, FieldDescriptorProto_Type.MESSAGE, field.mapKey, valueType(field)].join(":"),
  };
  switch (field.mapKey) {
    case ScalarType.STRING:
      return partSite(typed, "stringKey", code`${key}`);
    case ScalarType.BOOL:
      return partSite(typed, "boolKey", code`${key === "name" ? `name === "true"` : key}`);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return partSite(typed, "uintKey", code`globalThis.BigInt(${key})`);
    default:
      return partSite(typed, "intKey", code`globalThis.BigInt(${key})`);
  }
}

function valueType(field: DescMap): number {
  switch (field.mapKind) {
    case "scalar":
      // The numbers of ScalarType are those of FieldDescriptorProto.Type.
      return field.scalar;
    case "enum":
      return FieldDescriptorProto_Type.ENUM;
    case "message":
      return FieldDescriptorProto_Type.MESSAGE;
  }
}
