import type { Moment } from "../violation-collector.ts";
import { type Boxed, type BoxedMap, isKind, isList, typeNameOf } from "./boxed.ts";
import { fail } from "./cel-error.ts";

/* The value inside, if it is of the type that is needed. */

export function asBool(value: Boxed): boolean {
  return typeof value === "boolean" ? value : mismatch("bool", value);
}

export function asInt(value: Boxed): bigint {
  return typeof value === "bigint" ? value : mismatch("int", value);
}

export function asUint(value: Boxed): bigint {
  return isKind(value, "uint") ? value.value : mismatch("uint", value);
}

export function asDouble(value: Boxed): number {
  return typeof value === "number" ? value : mismatch("double", value);
}

export function asText(value: Boxed): string {
  return typeof value === "string" ? value : mismatch("string", value);
}

export function asBytes(value: Boxed): Uint8Array {
  return value instanceof Uint8Array ? value : mismatch("bytes", value);
}

export function asTimestamp(value: Boxed): Moment {
  return isKind(value, "timestamp") ? value : mismatch("timestamp", value);
}

export function asDuration(value: Boxed): Moment {
  return isKind(value, "duration") ? value : mismatch("duration", value);
}

export function asList(value: Boxed): readonly Boxed[] {
  return isList(value) ? value : mismatch("list", value);
}

export function asMap(value: Boxed): BoxedMap {
  return isKind(value, "map") ? value : mismatch("map", value);
}

/** What a macro goes through: the elements of a list, or the keys of a map. */
export function asRange(value: Boxed): readonly Boxed[] {
  return isKind(value, "map") ? keysOf(value) : asList(value);
}

/** A rule's outcome, if its type isn't known before. */
export function asOutcome(value: Boxed): boolean | string {
  return typeof value === "string" ? value : asBool(value);
}

export function keysOf(map: BoxedMap): Boxed[] {
  return Array.from(map.entries.values(), ([key]) => key);
}

function mismatch(wanted: string, value: Boxed): never {
  return fail(`no such overload: ${wanted} is needed, not ${typeNameOf(value)}`);
}
