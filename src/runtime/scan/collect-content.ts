import type { Scannable, ScannedField } from "../action/scanned-field.ts";

/** Is told of every text and every bytes value, with the path of the field that has it. */
export type ContentVisitor = (path: string, content: string | Uint8Array) => void;

/** Names of properties that are longer may be content, as those of a `google.protobuf.Struct`. */
const longestName = 16;

/** Finds the content of a message's fields that are declared to be scanned. */
export function collectDeclared(
  message: unknown,
  { scan }: Scannable,
  visit: ContentVisitor,
  path = "",
): void {
  if (!isObject(message) || scan === undefined) {
    return;
  }
  for (const field of scan) {
    const value = read(message, field);
    const name = path === "" ? field.name : `${path}.${field.name}`;
    if (field.message === undefined) {
      collectAll(value, name, visit);
    } else {
      const below = field.message();
      for (const [index, element] of elements(value, field.map === true)) {
        collectDeclared(element, below, visit, name + index);
      }
    }
  }
}

/** Finds the content of a field by the names of properties that lead to it. */
export function collectAt(
  message: unknown,
  names: readonly string[],
  visit: ContentVisitor,
  path = names.join("."),
): void {
  const [name, ...rest] = names;
  if (name === undefined) {
    collectAll(message, path, visit);
  } else if (Array.isArray(message)) {
    for (const element of message) {
      collectAt(element, names, visit, path);
    }
  } else {
    collectAt(property(message, name), rest, visit, path);
  }
}

/** Finds every text and all bytes in a value: a scalar, a list, a map, a message, JSON. */
function collectAll(value: unknown, path: string, visit: ContentVisitor): void {
  if (typeof value === "string" || value instanceof Uint8Array) {
    visit(path, value);
  } else if (Array.isArray(value)) {
    value.forEach((element, index) => {
      collectAll(element, `${path}[${index}]`, visit);
    });
  } else if (isObject(value)) {
    for (const [key, element] of value instanceof Map ? value : Object.entries(value)) {
      if (typeof key === "string" && key.length > longestName) {
        visit(path, key);
      }
      // A message says its own name.
      if (key !== "$typeName") {
        collectAll(element, path, visit);
      }
    }
  }
}

/** The value of a field; undefined if it isn't set. */
function read(message: object, field: ScannedField): unknown {
  if (field.group === undefined) {
    return property(message, field.property);
  }
  // ts-proto and protobuf-es keep a oneof alike, but for the `$`.
  const group = property(message, field.group);
  const selected = property(group, "$case") ?? property(group, "case");
  return selected === field.property ? property(group, "value") : undefined;
}

function* elements(value: unknown, isMap: boolean): Generator<[string, unknown]> {
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      yield [`[${index}]`, element];
    }
  } else if (isMap && isObject(value)) {
    // Keys are content, and no part of a path.
    for (const element of value instanceof Map ? value.values() : Object.values(value)) {
      yield ["", element];
    }
  } else {
    yield ["", value];
  }
}

function property(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
