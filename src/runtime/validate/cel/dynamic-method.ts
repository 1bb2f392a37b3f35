import { endsWithBytes, includesBytes, startsWithBytes } from "../bytes.ts";
import { countCodePoints } from "../length.ts";
import type { Moment } from "../violation-collector.ts";
import { type Boxed, isKind, isList, typeNameOf } from "./boxed.ts";
import * as calendar from "./calendar.ts";
import { fail } from "./cel-error.ts";
import {
  hoursOfDuration,
  millisecondsOfDuration,
  minutesOfDuration,
  secondsOfDuration,
} from "./duration-part.ts";
import type { DynamicFunction } from "./dynamic.ts";
import { equal } from "./equal.ts";
import * as math from "./math.ts";
import { asInt, asText } from "./unbox.ts";

/** The functions with several overloads that are no operators and no conversions. */
export const methods: Readonly<Record<string, DynamicFunction>> = {
  size: (a = null) => BigInt(size(a)),
  contains: affix((text, part) => text.includes(part), includesBytes),
  startsWith: affix((text, part) => text.startsWith(part), startsWithBytes),
  endsWith: affix((text, part) => text.endsWith(part), endsWithBytes),
  unique: (a = null) =>
    isList(a)
      ? a.every((element, i) => !a.slice(i + 1).some((other) => equal(element, other)))
      : mismatch("unique", a),
  getHours: getter(calendar.hours, hoursOfDuration),
  getMinutes: getter(calendar.minutes, minutesOfDuration),
  getSeconds: getter(calendar.seconds, secondsOfDuration),
  getMilliseconds: getter(calendar.milliseconds, millisecondsOfDuration),
  "math.greatest": (...args) => math.greatest(spread(args)),
  "math.least": (...args) => math.least(spread(args)),
  "math.abs": (a = null) => math.abs(a),
  "math.sign": (a = null) => math.sign(a),
  "math.sqrt": (a = null) => math.sqrt(a),
  "math.bitAnd": bits((a, b) => a & b),
  "math.bitOr": bits((a, b) => a | b),
  "math.bitXor": bits((a, b) => a ^ b),
  "math.bitNot": (a = null) =>
    isKind(a, "uint") ? { kind: "uint", value: BigInt.asUintN(64, ~a.value) } : ~asInt(a),
  "math.bitShiftLeft": (a = null, b = null) =>
    isKind(a, "uint")
      ? { kind: "uint", value: math.shiftLeftUint(a.value, asInt(b)) }
      : math.shiftLeftInt(asInt(a), asInt(b)),
  "math.bitShiftRight": (a = null, b = null) =>
    isKind(a, "uint")
      ? { kind: "uint", value: math.shiftRightUint(a.value, asInt(b)) }
      : math.shiftRightInt(asInt(a), asInt(b)),
};

function size(a: Boxed): number {
  if (typeof a === "string") {
    return countCodePoints(a);
  }
  if (a instanceof Uint8Array || isList(a)) {
    return a.length;
  }
  return isKind(a, "map") ? a.entries.size : mismatch("size", a);
}

function affix(
  ofText: (text: string, part: string) => boolean,
  ofBytes: (bytes: Uint8Array, part: Uint8Array) => boolean,
): DynamicFunction {
  return (a = null, b = null) =>
    a instanceof Uint8Array && b instanceof Uint8Array
      ? ofBytes(a, b)
      : ofText(asText(a), asText(b));
}

function getter(
  ofTimestamp: (time: Moment, zone?: string) => number,
  ofDuration: (duration: Moment) => bigint,
): DynamicFunction {
  return (a = null, zone) => {
    if (isKind(a, "duration")) {
      return ofDuration(a);
    }
    return isKind(a, "timestamp")
      ? BigInt(ofTimestamp(a, zone === undefined ? undefined : asText(zone)))
      : mismatch("a part of a time", a);
  };
}

function bits(operator: (a: bigint, b: bigint) => bigint): DynamicFunction {
  return (a = null, b = null) =>
    isKind(a, "uint") && isKind(b, "uint")
      ? { kind: "uint", value: operator(a.value, b.value) }
      : operator(asInt(a), asInt(b));
}

function spread(args: readonly Boxed[]): readonly Boxed[] {
  const [first] = args;
  return args.length === 1 && first !== undefined && isList(first) ? first : args;
}

function mismatch(name: string, a: Boxed): never {
  return fail(`no such overload: ${name} of ${typeNameOf(a)}`);
}
