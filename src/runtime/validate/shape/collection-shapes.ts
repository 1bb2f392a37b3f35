import type { ShapeCheck } from "./shape-collector.ts";

/** Whether a value is an object of any kind. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Whether a value is an object with members: no list, and no `Date`, `Map` or the like. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    isObject(value) &&
    // V8 asks for a prototype by a call, but reads a member.
    (value["constructor"] === Object || Object.prototype.toString.call(value) === "[object Object]")
  );
}

/** The types that `typeof` tells from all others. */
type PlainType = "string" | "number" | "boolean";

/**
 * Whether a value is a list of such elements. Without haste, `listOf` finds out
 * which are not.
 */
export function isListOf(value: unknown, type: PlainType): boolean {
  if (!Array.isArray(value)) {
    return false;
  }
  for (let i = 0; i < value.length; i++) {
    if (typeof value[i] !== type) {
      return false;
    }
  }
  return true;
}

/** Whether a value is a list of elements that pass a test. */
export function isEach(value: unknown, test: (element: unknown) => boolean): boolean {
  if (!Array.isArray(value)) {
    return false;
  }
  for (let i = 0; i < value.length; i++) {
    if (!test(value[i])) {
      return false;
    }
  }
  return true;
}

/** Whether a value is a map with such values that is kept in an object, as `recordOf` checks it. */
export function isRecordOf(value: unknown, type: PlainType): boolean {
  if (!isRecord(value)) {
    return false;
  }
  for (const key in value) {
    if (typeof value[key] !== type) {
      return false;
    }
  }
  return true;
}

/** A list of elements that pass a check. */
export function listOf(check: ShapeCheck): ShapeCheck {
  return (value, shape) => {
    if (!Array.isArray(value)) {
      shape.wrong(value, "a list");
      return;
    }
    if (shape.enter(value)) {
      for (let i = 0; i < value.length; i++) {
        const start = shape.count;
        check(value[i], shape);
        if (shape.count > start) {
          shape.within(start, i);
        }
      }
      shape.leave();
    }
  };
}

/** A map that is kept in an object; names that are no numbers can't be keys that are. */
export function recordOf(keys: RegExp | undefined, check: ShapeCheck): ShapeCheck {
  return (value, shape) => {
    if (!isRecord(value)) {
      shape.wrong(value, "an object");
      return;
    }
    for (const key in value) {
      if (keys !== undefined && !keys.test(key)) {
        shape.part(key, key, (_, inner) => inner.wrong(key, "a key of the map's type"));
      }
      shape.part(key, value[key], check);
    }
  };
}

/** A map that is kept in a `Map`. */
export function mapOf(keys: ShapeCheck, check: ShapeCheck): ShapeCheck {
  return (value, shape) => {
    if (!(value instanceof Map)) {
      shape.wrong(value, "a Map");
      return;
    }
    for (const [key, item] of value) {
      shape.part(String(key), key, keys);
      shape.part(String(key), item, check);
    }
  };
}

/** A oneof group: an object with a discriminator, and a value that fits the field it selects. */
export function oneofOf(
  discriminator: "$case" | "case",
  fields: Readonly<Record<string, ShapeCheck>>,
): ShapeCheck {
  const checks = new Map<unknown, ShapeCheck>(Object.entries(fields));
  return (value, shape) => {
    if (!isRecord(value)) {
      shape.wrong(value, "an object");
      return;
    }
    const selected = value[discriminator];
    const check = checks.get(selected);
    if (check !== undefined) {
      shape.part("value", value["value"], check);
    } else if (selected !== undefined) {
      const names = Object.keys(fields).map((name) => JSON.stringify(name));
      shape.part(discriminator, selected, (_, inner) =>
        inner.wrong(selected, `one of ${names.join(", ")}`),
      );
    }
  };
}
