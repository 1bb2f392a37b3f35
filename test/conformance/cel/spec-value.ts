import type { Value } from "@bufbuild/cel-spec/cel/expr/value_pb.js";
import { type DescField, isMessage, type Message, ScalarType, toJson } from "@bufbuild/protobuf";
import {
  isReflectList,
  isReflectMap,
  isReflectMessage,
  type ReflectMessage,
  reflect,
} from "@bufbuild/protobuf/reflect";
import {
  anyUnpack,
  DurationSchema,
  ListValueSchema,
  StructSchema,
  TimestampSchema,
  ValueSchema,
} from "@bufbuild/protobuf/wkt";
import { boxJson, boxMap } from "../../../src/runtime/validate/cel/box-map.ts";
import {
  type Boxed,
  boxDuration,
  boxTimestamp,
  boxType,
  boxUint,
  isKind,
  isList,
} from "../../../src/runtime/validate/cel/boxed.ts";
import { specRegistry } from "./spec-case.ts";

/** A value as the suite writes it down; undefined for one that rules don't have. */
export function specValue(value: Value | undefined): Boxed | undefined {
  const kind = value?.kind;
  switch (kind?.case) {
    case "nullValue":
      return null;
    case "boolValue":
    case "int64Value":
    case "doubleValue":
    case "stringValue":
    case "bytesValue":
      return kind.value;
    case "uint64Value":
      return boxUint(kind.value);
    case "typeValue":
      return boxType(kind.value);
    case "listValue": {
      const elements = kind.value.values.map(specValue);
      return elements.every((element) => element !== undefined) ? elements : undefined;
    }
    case "mapValue": {
      const pairs = kind.value.entries.map(
        ({ key, value: inner }) => [specValue(key), specValue(inner)] as const,
      );
      return boxMap(pairs.map(([key, inner]) => [key ?? null, inner ?? null]));
    }
    case "objectValue": {
      const message = anyUnpack(kind.value, specRegistry);
      return message && boxMessage(message);
    }
    default:
      return undefined;
  }
}

/** A message as CEL sees it, by reflection. */
export function boxMessage(message: Message): Boxed {
  if (isMessage(message, TimestampSchema)) {
    return boxTimestamp(message);
  }
  if (isMessage(message, DurationSchema)) {
    return boxDuration(message);
  }
  for (const schema of [StructSchema, ValueSchema, ListValueSchema]) {
    if (isMessage(message, schema)) {
      return boxJson(toJson(schema, message));
    }
  }
  const desc = specRegistry.getMessage(message.$typeName);
  if (desc === undefined) {
    throw new Error(`${message.$typeName} is unknown`);
  }
  const reflected = reflect(desc, message);
  const [value] = desc.fields;
  if (desc.file.name === "google/protobuf/wrappers" && value !== undefined) {
    return boxField(value, reflected.get(value));
  }
  const field = (name: string) => desc.fields.find((candidate) => candidate.name === name);
  return {
    kind: "message",
    typeName: desc.typeName,
    fields: desc.fields.map(({ name }) => name),
    has: (name) => isSet(reflected, field(name)),
    get: (name) => {
      const found = field(name);
      return found && boxField(found, reflected.get(found));
    },
    wraps: (name) =>
      /^google\.protobuf\.(?:Float|Double)Value$/.test(field(name)?.message?.typeName ?? ""),
  };
}

function isSet(message: ReflectMessage, field: DescField | undefined): boolean {
  return field !== undefined && message.isSet(field);
}

function boxField(field: DescField, value: unknown): Boxed {
  if (isReflectList(value)) {
    return [...value].map((element) => boxElement(field, element));
  }
  if (isReflectMap(value)) {
    const mapKey = field.fieldKind === "map" ? field.mapKey : ScalarType.STRING;
    return boxMap(
      [...value].map(([key, inner]) => [boxScalar(mapKey, key), boxElement(field, inner)]),
    );
  }
  return boxElement(field, value);
}

function boxElement(field: DescField, value: unknown): Boxed {
  if (isReflectMessage(value)) {
    return boxMessage(value.message);
  }
  if (field.enum !== undefined) {
    return field.enum.typeName === "google.protobuf.NullValue" ? null : BigInt(Number(value));
  }
  return boxScalar(field.scalar, value);
}

function boxScalar(scalar: ScalarType | undefined, value: unknown): Boxed {
  switch (scalar) {
    case ScalarType.UINT32:
    case ScalarType.UINT64:
    case ScalarType.FIXED32:
    case ScalarType.FIXED64:
      return boxUint(BigInt(String(value)));
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return Number(value);
    case ScalarType.BOOL:
      return value === true;
    case ScalarType.STRING:
      return String(value);
    case ScalarType.BYTES:
      return value instanceof Uint8Array ? value : new Uint8Array();
    default:
      return BigInt(String(value));
  }
}

/** Whether two values are the same: also of the same types, and NaN is NaN. */
export function isSame(a: Boxed, b: Boxed): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return Object.is(a, b) || (a === 0 && b === 0);
  }
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return a instanceof Uint8Array && b instanceof Uint8Array && a.join() === b.join();
  }
  if (isList(a) || isList(b)) {
    return (
      isList(a) &&
      isList(b) &&
      a.length === b.length &&
      a.every((element, i) => isSame(element, b[i] ?? null))
    );
  }
  switch (a.kind) {
    case "uint":
      return isKind(b, "uint") && a.value === b.value;
    case "type":
      return isKind(b, "type") && a.name === b.name;
    case "timestamp":
    case "duration":
      return isKind(b, a.kind) && a.seconds === b.seconds && a.nanos === b.nanos;
    case "map":
      return (
        isKind(b, "map") &&
        a.entries.size === b.entries.size &&
        Array.from(a.entries).every(([key, [ownKey, value]]) => {
          const other = b.entries.get(key);
          return other !== undefined && isSame(ownKey, other[0]) && isSame(value, other[1]);
        })
      );
    case "any":
      return isKind(b, "any") && a.typeUrl === b.typeUrl && isSame(a.value, b.value);
    case "message":
      return (
        isKind(b, "message") &&
        a.typeName === b.typeName &&
        a.fields.every(
          (name) =>
            a.has(name) === b.has(name) &&
            (!a.has(name) || isSame(a.get(name) ?? null, b.get(name) ?? null)),
        )
      );
  }
}
