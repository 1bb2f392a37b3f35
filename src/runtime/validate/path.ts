import type { FieldStep } from "./rule.ts";
import type { FieldPathElement, Subscript } from "./violation.ts";

/** The step to an element of a list. */
// @__NO_SIDE_EFFECTS__
export function itemOf(list: FieldStep, index: number): FieldPathElement {
  const { fieldNumber, fieldName, fieldType } = list;
  return { fieldNumber, fieldName, fieldType, subscript: { kind: "index", value: index } };
}

/*
 * The steps to entries of maps, by the type of their keys. Types are numbers of
 * google.protobuf.FieldDescriptorProto.Type. Where maps are plain objects, keys
 * are names, whatever their type.
 */

/** The step to an entry with a string for its key. */
export function textEntry(map: FieldStep, valueType: number, key: string): FieldPathElement {
  return entry(map, 9, valueType, { kind: "stringKey", value: key });
}

/** The step to an entry with a signed integer for its key. */
export function intEntry(
  map: FieldStep,
  keyType: number,
  valueType: number,
  key: string | number | bigint,
): FieldPathElement {
  return entry(map, keyType, valueType, { kind: "intKey", value: BigInt(key) });
}

/** The step to an entry with an unsigned integer for its key. */
export function uintEntry(
  map: FieldStep,
  keyType: number,
  valueType: number,
  key: string | number | bigint,
): FieldPathElement {
  return entry(map, keyType, valueType, { kind: "uintKey", value: BigInt(key) });
}

/** The step to an entry with true or false for its key. */
export function boolEntry(
  map: FieldStep,
  valueType: number,
  key: string | boolean,
): FieldPathElement {
  return entry(map, 8, valueType, { kind: "boolKey", value: String(key) === "true" });
}

function entry(
  map: FieldStep,
  keyType: number,
  valueType: number,
  subscript: Subscript,
): FieldPathElement {
  const { fieldNumber, fieldName, fieldType } = map;
  return { fieldNumber, fieldName, fieldType, keyType, valueType, subscript };
}
