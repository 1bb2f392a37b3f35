import {
  type DescExtension,
  type DescField,
  type DescMessage,
  ScalarType,
} from "@bufbuild/protobuf";
import { wellKnownType, wrappedScalar } from "../message-model/value-shape.ts";
import {
  bool,
  bytes,
  type CelType,
  double,
  duration,
  dyn,
  int,
  list,
  map,
  nullType,
  string,
  timestamp,
  uint,
  wrapper,
} from "./cel-type.ts";

/** The type of a field when it is selected. */
export function fieldType(field: DescField | DescExtension): CelType {
  switch (field.fieldKind) {
    case "list":
      return list(valueType(field));
    case "map":
      return map(scalarType(field.mapKey), valueType(field));
    default:
      return valueType(field);
  }
}

/** The type of a field's value, of its elements, or of its map's values. */
export function valueType(field: DescField | DescExtension): CelType {
  if (field.scalar !== undefined) {
    return scalarType(field.scalar);
  }
  if (field.enum !== undefined) {
    return field.enum.typeName === "google.protobuf.NullValue" ? nullType : int;
  }
  return messageType(field.message);
}

/** The type of a message: CEL has types of its own for some of Protobuf's. */
export function messageType(desc: DescMessage): CelType {
  const scalar = wrappedScalar(desc);
  if (scalar !== undefined) {
    return wrapper(scalarType(scalar));
  }
  switch (wellKnownType(desc)) {
    case "Any":
    case "Value":
      return dyn;
    case "Struct":
      return map(string, dyn);
    case "ListValue":
      return list(dyn);
    case "Timestamp":
      return timestamp;
    case "Duration":
      return duration;
    default:
      return { kind: "message", desc };
  }
}

export function scalarType(scalar: ScalarType): CelType {
  switch (scalar) {
    case ScalarType.BOOL:
      return bool;
    case ScalarType.STRING:
      return string;
    case ScalarType.BYTES:
      return bytes;
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return double;
    case ScalarType.UINT32:
    case ScalarType.UINT64:
    case ScalarType.FIXED32:
    case ScalarType.FIXED64:
      return uint;
    default:
      return int;
  }
}
