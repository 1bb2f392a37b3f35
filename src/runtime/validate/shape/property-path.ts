import type { FieldPathElement, Subscript } from "../violation.ts";
import { isRecord } from "./collection-shapes.ts";

/**
 * Where a field is in a message, by the names of properties: violations have
 * the names of the .proto. A field of a oneof is the `value` of its group.
 */
export function propertyPath(
  message: unknown,
  field: readonly FieldPathElement[],
): (string | number)[] {
  const path: (string | number)[] = [];
  let value = message;
  for (const { fieldName, subscript } of field) {
    for (const key of propertiesOf(value, fieldName)) {
      path.push(key);
      value = isRecord(value) ? value[key] : undefined;
    }
    if (subscript !== undefined) {
      path.push(keyOf(subscript));
      value = elementOf(value, subscript);
    }
  }
  return path;
}

/**
 * The library that made the message has named its properties, and its objects
 * show how: `foo_bar` is `fooBar`, but `FOO_BAR` is `fooBar` or `FOOBAR`.
 */
function propertiesOf(value: unknown, fieldName: string): string[] {
  const camel = camelCase(fieldName);
  const names = [camel, camelCase(fieldName.toLowerCase()), `${camel}$`, fieldName];
  if (isRecord(value)) {
    const own = names.find((name) => Object.hasOwn(value, name));
    if (own !== undefined) {
      return [own];
    }
    for (const [group, member] of Object.entries(value)) {
      if (isRecord(member) && names.some((name) => isSelected(member, name))) {
        return [group, "value"];
      }
    }
  }
  return [camel];
}

function isSelected(group: Readonly<Record<string, unknown>>, name: string): boolean {
  return group["$case"] === name || group["case"] === name;
}

function camelCase(name: string): string {
  return name.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
}

function keyOf({ kind, value }: Subscript): string | number {
  return kind === "index" ? value : String(value);
}

function elementOf(value: unknown, { value: key }: Subscript): unknown {
  if (value instanceof Map) {
    return value.get(key);
  }
  return typeof value === "object" && value !== null
    ? Object.getOwnPropertyDescriptor(value, String(key))?.value
    : undefined;
}
