import type { Type } from "@bufbuild/cel-spec/cel/expr/checked_pb.js";
import {
  Type_PrimitiveType as Primitive,
  Type_WellKnownType as WellKnown,
} from "@bufbuild/cel-spec/cel/expr/checked_pb.js";
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
  typeOf,
  uint,
  wrapper,
} from "../../../src/generator/cel/cel-type.ts";
import { messageType } from "../../../src/generator/cel/field-type.ts";
import { specRegistry } from "./spec-case.ts";

/** A type as the suite writes it down; undefined for one that rules don't have. */
export function specType(type: Type | undefined): CelType | undefined {
  const kind = type?.typeKind;
  switch (kind?.case) {
    case "dyn":
      return dyn;
    case "null":
      return nullType;
    case "primitive":
      return primitives.get(kind.value);
    case "wrapper": {
      const of = primitives.get(kind.value);
      return of && wrapper(of);
    }
    case "wellKnown":
      return wellKnown.get(kind.value);
    case "listType": {
      const element = specType(kind.value.elemType);
      return element && list(element);
    }
    case "mapType": {
      const key = specType(kind.value.keyType);
      const value = specType(kind.value.valueType);
      return key && value && map(key, value);
    }
    case "messageType": {
      const desc = specRegistry.getMessage(kind.value);
      return desc && desc.typeName !== "google.protobuf.Any" ? messageType(desc) : undefined;
    }
    case "type": {
      const of = specType(kind.value);
      return typeOf(of ?? dyn);
    }
    default:
      return undefined;
  }
}

const primitives: ReadonlyMap<Primitive, CelType> = new Map([
  [Primitive.BOOL, bool],
  [Primitive.INT64, int],
  [Primitive.UINT64, uint],
  [Primitive.DOUBLE, double],
  [Primitive.STRING, string],
  [Primitive.BYTES, bytes],
]);

const wellKnown: ReadonlyMap<WellKnown, CelType> = new Map([
  [WellKnown.TIMESTAMP, timestamp],
  [WellKnown.DURATION, duration],
]);
