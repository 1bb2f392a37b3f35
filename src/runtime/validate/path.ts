import type { FieldStep } from "./rule.ts";
import type { FieldPathElement, Subscript } from "./violation.ts";

/** The step to an element of a list. */
// @__NO_SIDE_EFFECTS__
export function itemOf(list: FieldStep, index: number): FieldPathElement {
  const { fieldNumber, fieldName, fieldType } = list;
  return { fieldNumber, fieldName, fieldType, subscript: { kind: "index", value: index } };
}

/**
 * The step to an entry of a map. Types are numbers of
 * `google.protobuf.FieldDescriptorProto.Type`; where maps are plain objects,
 * keys are names, whatever their type.
 */
export function entryOf(
  map: FieldStep,
  keyType: number,
  valueType: number,
  key: string | number | bigint | boolean,
): FieldPathElement {
  const { fieldNumber, fieldName, fieldType } = map;
  const subscript = subscriptOf(keyType, key);
  return { fieldNumber, fieldName, fieldType, keyType, valueType, subscript };
}

function subscriptOf(keyType: number, key: string | number | bigint | boolean): Subscript {
  switch (keyType) {
    case 9: // string
      return { kind: "stringKey", value: String(key) };
    case 8: // bool
      return { kind: "boolKey", value: String(key) === "true" };
    case 4: // uint64
    case 6: // fixed64
    case 7: // fixed32
    case 13: // uint32
      return { kind: "uintKey", value: BigInt(key) };
    default:
      return { kind: "intKey", value: BigInt(key) };
  }
}
