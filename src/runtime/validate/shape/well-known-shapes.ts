import { isRecord, listOf, oneofOf } from "./collection-shapes.ts";
import {
  checkBool,
  checkBytes,
  checkInt32,
  checkInt64,
  checkNumber,
  checkString,
} from "./scalar-shapes.ts";
import type { ShapeCheck, ShapeCollector } from "./shape-collector.ts";

/** A message that says in `$typeName` which one it is, and passes a check. */
export function typed(typeName: string, check: ShapeCheck): ShapeCheck {
  return (value, shape) => {
    if (isRecord(value) && value["$typeName"] !== typeName) {
      shape.typeName(value["$typeName"], typeName);
    }
    check(value, shape);
  };
}

/** An object with the given members. */
export function recordWith(members: Readonly<Record<string, ShapeCheck>>): ShapeCheck {
  const entries = Object.entries(members);
  return (value, shape) => {
    if (!isRecord(value)) {
      shape.wrong(value, "an object");
      return;
    }
    for (const [key, check] of entries) {
      shape.member(key, value[key], check);
    }
  };
}

/** A Timestamp or a Duration. */
export const checkTime = recordWith({ seconds: checkInt64, nanos: checkInt32 });

export const checkAny = recordWith({ typeUrl: checkString, value: checkBytes });

export const checkEmpty = recordWith({});

export const checkPaths = listOf(checkString);

export const checkFieldMask = recordWith({ paths: checkPaths });

/** A value that JSON can express: what a `google.protobuf.Value` holds. */
export const checkJson: ShapeCheck = (value, shape) => {
  switch (typeof value) {
    case "string":
    case "boolean":
      break;
    case "number":
      if (!Number.isFinite(value)) {
        shape.wrong(value, "a number that JSON can express");
      }
      break;
    case "object":
      checkJsonParts(value, shape);
      break;
    default:
      shape.wrong(value, "a value that JSON can express");
  }
};

function checkJsonParts(value: object | null, shape: ShapeCollector): void {
  if (Array.isArray(value)) {
    checkJsonList(value, shape);
  } else if (value !== null) {
    checkJsonObject(value, shape);
  }
}

/** What a `google.protobuf.Struct` holds. */
export const checkJsonObject: ShapeCheck = (value, shape) => {
  if (!isRecord(value)) {
    shape.wrong(value, "an object");
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    shape.part(key, item, checkJson);
  }
};

/** What a `google.protobuf.ListValue` holds. */
export const checkJsonList: ShapeCheck = listOf(checkJson);

/** A `google.protobuf.ListValue` as protobuf-es keeps it: a message. */
export const checkListValueMessage: ShapeCheck = (value, shape) => checkListMembers(value, shape);

/** A `google.protobuf.Value` as protobuf-es keeps it: a message. */
export const checkValueMessage: ShapeCheck = recordWith({
  kind: oneofOf("case", {
    nullValue: checkInt32,
    numberValue: checkNumber,
    stringValue: checkString,
    boolValue: checkBool,
    structValue: checkJsonObject,
    listValue: checkListValueMessage,
  }),
});

const checkListMembers = recordWith({ values: listOf(checkValueMessage) });
