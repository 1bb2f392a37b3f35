import type { Init } from "../../codec/init.ts";
import { setOwn } from "../../codec/own-property.ts";
import type { Field } from "../fields.ts";
import { resolve } from "../lazy.ts";
import type { CompactCodec } from "../message.ts";
import type { ValueType } from "../value-type.ts";

/** Completes an initializer of a message: fields that it leaves out get their defaults. Null counts as not set. */
export function completeMessage<T extends object>(codec: CompactCodec<T>, init: Init<T>): T {
  const message = codec.blank();
  for (const field of codec.fields()) {
    const name = field.group ?? field.property;
    const given: unknown = Object.hasOwn(init, name) ? Reflect.get(init, name) : undefined;
    const complete = completeMember(field, given);
    if (complete !== undefined) {
      Reflect.set(message, name, complete);
    }
  }
  return message;
}

function completeMember({ group, property, type }: Field, given: unknown): unknown {
  if (given === undefined || given === null) {
    return undefined;
  }
  if (group !== undefined) {
    const { $case, value } = given as { readonly $case?: unknown; readonly value?: unknown };
    if ($case !== property) {
      return undefined;
    }
    const isBlank = value === undefined || value === null;
    return { $case, value: isBlank ? type.blank() : completeValue(type as ValueType, value) };
  }
  if (!("element" in type)) {
    return completeValue(type, given);
  }
  const { element } = type;
  if (Array.isArray(given)) {
    return given.map((value) => completeValue(element, value));
  }
  if (given instanceof Map) {
    return new Map([...given].map(([key, value]) => [key, completeValue(element, value)]));
  }
  const record = {};
  for (const [key, value] of Object.entries(given as Readonly<Record<string, unknown>>)) {
    if (value !== undefined) {
      setOwn(record, key, completeValue(element, value));
    }
  }
  return record;
}

function completeValue(type: ValueType, value: unknown): unknown {
  const own = resolve(type);
  return "fields" in own ? completeMessage(own as CompactCodec<object>, value as object) : value;
}
