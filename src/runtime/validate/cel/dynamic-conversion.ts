import {
  type Boxed,
  type BoxedUint,
  boxDuration,
  boxTimestamp,
  boxUint,
  isKind,
  typeNameOf,
  typeOf,
} from "./boxed.ts";
import { fail } from "./cel-error.ts";
import { boolOfText, bytesOfText, doubleOfText, textOfBytes } from "./convert.ts";
import type { DynamicFunction } from "./dynamic.ts";
import * as ints from "./int.ts";
import * as times from "./time.ts";

/** The functions that convert a value to another type. */
export const conversions: Readonly<Record<string, DynamicFunction>> = {
  dyn: (a = null) => a,
  type: (a = null) => typeOf(a),
  bool: (a = null) =>
    typeof a === "boolean" ? a : typeof a === "string" ? boolOfText(a) : mismatch("bool", a),
  bytes: (a = null) =>
    a instanceof Uint8Array ? a : typeof a === "string" ? bytesOfText(a) : mismatch("bytes", a),
  double: (a = null) => toDouble(a),
  int: (a = null) => toInt(a),
  uint: (a = null) => toUint(a),
  string: (a = null) => toText(a),
  timestamp: (a = null) => toTimestamp(a),
  duration: (a = null) => toDuration(a),
};

function toDouble(a: Boxed): number {
  switch (typeof a) {
    case "number":
      return a;
    case "bigint":
      return Number(a);
    case "string":
      return doubleOfText(a);
    default:
      return isKind(a, "uint") ? Number(a.value) : mismatch("double", a);
  }
}

function toInt(a: Boxed): bigint {
  switch (typeof a) {
    case "bigint":
      return a;
    case "number":
      return ints.intOfDouble(a);
    case "string":
      return ints.intOfText(a);
  }
  if (isKind(a, "uint")) {
    return ints.checkInt(a.value);
  }
  return isKind(a, "timestamp") || isKind(a, "duration") ? a.seconds : mismatch("int", a);
}

function toUint(a: Boxed): BoxedUint {
  switch (typeof a) {
    case "bigint":
      return boxUint(ints.checkUint(a));
    case "number":
      return boxUint(ints.uintOfDouble(a));
    case "string":
      return boxUint(ints.uintOfText(a));
    default:
      return isKind(a, "uint") ? a : mismatch("uint", a);
  }
}

function toText(a: Boxed): string {
  switch (typeof a) {
    case "string":
      return a;
    case "bigint":
    case "boolean":
    case "number":
      return String(a);
  }
  if (a instanceof Uint8Array) {
    return textOfBytes(a);
  }
  if (isKind(a, "timestamp")) {
    return times.textOfTimestamp(a);
  }
  if (isKind(a, "duration")) {
    return times.textOfDuration(a);
  }
  return isKind(a, "uint") ? String(a.value) : mismatch("string", a);
}

function toTimestamp(a: Boxed): Boxed {
  if (typeof a === "string") {
    return boxTimestamp(times.timestampOfText(a));
  }
  if (typeof a === "bigint") {
    return boxTimestamp(times.timestampOfSeconds(a));
  }
  return isKind(a, "timestamp") ? a : mismatch("timestamp", a);
}

function toDuration(a: Boxed): Boxed {
  if (typeof a === "string") {
    return boxDuration(times.durationOfText(a));
  }
  if (typeof a === "bigint") {
    return boxDuration(times.durationOfSeconds(a));
  }
  return isKind(a, "duration") ? a : mismatch("duration", a);
}

function mismatch(type: string, a: Boxed): never {
  return fail(`no such overload: ${type}(${typeNameOf(a)})`);
}
