import { setOwn } from "./own-property.ts";

/**
 * The fields of a message that must not be shown, as `debug_redact` of the
 * .proto says, and those whose messages have such fields. The generator prints
 * it for messages that have any.
 */
export type Secrets = readonly SecretField[];

/** A field that is secret, or has something below it that is. */
export interface SecretField {
  /** The name in the .proto. */
  readonly name: string;
  /** The name in JSON, if the .proto sets one of its own. */
  readonly json?: string;
  /** The property that holds it; of a member of a oneof, what the group says if it is selected. */
  readonly property: string;
  /** The property of the oneof that the field belongs to. */
  readonly group?: string;
  /** True if the field is a map, whose values are of that message. */
  readonly map?: true;
  /** The message that says what is secret of the field. Without it, all is. */
  readonly message?: () => { readonly secrets?: Secrets };
}

/** What is shown in the place of a secret. */
export const redacted = "[redacted]";

/** Deeper than any message that was read. */
const maxDepth = 100;

/** Copies a message, with marks in the places of its secrets. */
export function redactMessage(secrets: Secrets, message: object, depth = 0): object {
  if (depth > maxDepth) {
    return { redacted };
  }
  const copy: Record<string, unknown> = { ...message };
  for (const field of secrets) {
    const found = setValue(message, field);
    if (found === undefined) {
      continue;
    }
    const inner = field.message?.().secrets;
    const shown =
      inner === undefined
        ? redacted
        : mapMessages(found, field, (below) => redactMessage(inner, below, depth + 1));
    const value = field.group === undefined ? shown : { ...groupOf(message, field), value: shown };
    setOwn(copy, field.group ?? field.property, value);
  }
  return copy;
}

/** Calls a function for every message at and below a message that has secrets. */
export function visitSecretive(
  secrets: Secrets,
  message: object,
  visit: (message: object, secrets: Secrets) => void,
): void {
  visit(message, secrets);
  for (const field of secrets) {
    const inner = field.message?.().secrets;
    const found = inner === undefined ? undefined : setValue(message, field);
    if (inner !== undefined && found !== undefined) {
      mapMessages(found, field, (below) => {
        visitSecretive(inner, below, visit);
        return below;
      });
    }
  }
}

/** The value of a field; undefined if it is not set. */
function setValue(message: object, field: SecretField): unknown {
  if (field.group === undefined) {
    return ownValue(message, field.property);
  }
  const group = groupOf(message, field);
  return group === undefined ? undefined : ownValue(group, "value");
}

/** The group of a oneof, if this very field is selected in it. */
function groupOf(message: object, { property, group: name }: SecretField): object | undefined {
  const group = name === undefined ? undefined : ownValue(message, name);
  return isObject(group) && (ownValue(group, "$case") ?? ownValue(group, "case")) === property
    ? group
    : undefined;
}

function mapMessages(value: unknown, field: SecretField, map: (message: object) => object) {
  const one = (element: unknown) => (isObject(element) ? map(element) : element);
  if (Array.isArray(value)) {
    return value.map(one);
  }
  if (value instanceof Map) {
    return new Map([...value].map(([key, element]) => [key, one(element)]));
  }
  return field.map === true && isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, element]) => [key, one(element)]))
    : one(value);
}

function ownValue(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? Reflect.get(object, name) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
