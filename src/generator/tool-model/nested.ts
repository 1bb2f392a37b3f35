import type { Field, MessageType } from "./message-type.ts";
import type { ValueType } from "./value-type.ts";

/** The message that a value is, or that the elements of a list or map are. */
export function nestedMessage(type: ValueType): MessageType | undefined {
  switch (type.kind) {
    case "message":
      return type.message;
    case "list":
      return nestedMessage(type.items.type);
    case "map":
      return nestedMessage(type.values.type);
    default:
      return undefined;
  }
}

/** Messages and all that their fields lead to, in the order of the fields. */
export function reachableMessages(roots: Iterable<MessageType>): ReadonlySet<MessageType> {
  const found = new Set(roots);
  // A set may grow while it is walked: each message is looked at once.
  for (const { fields } of found) {
    for (const { value } of fields) {
      const next = nestedMessage(value.type);
      if (next !== undefined) {
        found.add(next);
      }
    }
  }
  return found;
}

/** On how many levels messages are found below one; each counts where it is found first. */
export function levelsBelow(root: MessageType): number {
  let depth = 0;
  const seen = new Set<MessageType>();
  for (let level = [root]; level.length > 0; depth++) {
    const next = new Set<MessageType>();
    for (const message of level) {
      seen.add(message);
      for (const { value } of message.fields) {
        const nested = nestedMessage(value.type);
        if (nested !== undefined && !seen.has(nested)) {
          next.add(nested);
        }
      }
    }
    level = [...next];
  }
  return depth;
}

/** What spelling a message out comes to. */
export interface Inlined {
  /** How many properties there are, those of nested messages counted at each place. */
  readonly properties: number;
  /** How many objects lie in each other at most. */
  readonly depth: number;
  /** A field through which a message contains itself, if there is one. */
  readonly circle: Field | undefined;
}

/** Measures what spelling a message out comes to, without doing it. */
export function measureInlined(root: MessageType): Inlined {
  const order: MessageType[] = [];
  const state = new Map<MessageType, "open" | "done">();
  const stack: { message: MessageType; next: number }[] = [{ message: root, next: 0 }];
  state.set(root, "open");
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const field = top.message.fields[top.next++];
    if (field === undefined) {
      state.set(top.message, "done");
      order.push(top.message);
      stack.pop();
      continue;
    }
    const nested = nestedMessage(field.value.type);
    if (nested !== undefined && state.get(nested) === "open") {
      return { properties: Infinity, depth: Infinity, circle: field };
    }
    if (nested !== undefined && !state.has(nested)) {
      state.set(nested, "open");
      stack.push({ message: nested, next: 0 });
    }
  }
  const sizes = new Map<MessageType, { properties: number; depth: number }>();
  for (const message of order) {
    let properties = message.fields.length;
    let depth = 1;
    for (const { value } of message.fields) {
      const nested = nestedMessage(value.type);
      const size = nested && sizes.get(nested);
      properties += size?.properties ?? 0;
      depth = Math.max(depth, 1 + (size?.depth ?? 0));
    }
    sizes.set(message, { properties, depth });
  }
  return { properties: 0, depth: 0, ...sizes.get(root), circle: undefined };
}
