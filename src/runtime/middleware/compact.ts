import type { ActionResponse } from "../action/call.ts";
import type { Middleware } from "../action/middleware.ts";

/** What a smaller answer does without. Fields are named as in TypeScript: `hours.wind`. */
export interface CompactOptions {
  /** How many elements a list keeps at most; 10 by default. */
  readonly maxItems?: number | undefined;
  /** Fields that are left out. A field of list elements is left out of each. */
  readonly drop?: readonly string[] | undefined;
  /** How many characters a text field keeps at most, with `…` as the last if it was cut. */
  readonly maxLengths?: Readonly<Record<string, number>> | undefined;
}

/**
 * Makes answers smaller, for small screens and slow networks: lists become
 * shorter, named texts are cut, named fields left out. What the handler
 * returned is not changed. Choose by call with `buildMiddlewareChain`.
 */
export function compact(options: CompactOptions = {}): Middleware {
  const { maxItems = 10, drop = [], maxLengths = {} } = options;
  if (!Number.isInteger(maxItems) || maxItems < 1) {
    throw new Error(`compact: maxItems must be an integer of 1 or more, not ${maxItems}`);
  }
  const plan: Plan = { maxItems, drop: new Set(drop), maxLengths: new Map() };
  for (const [path, length] of Object.entries(maxLengths)) {
    if (!Number.isInteger(length) || length < 1) {
      throw new Error(
        `compact: maxLengths[${JSON.stringify(path)}] must be an integer of 1 or more, not ${length}`,
      );
    }
    plan.maxLengths.set(path, length);
  }
  return async function compact(_context, next) {
    return shrink(await next(), plan);
  };
}

interface Plan {
  readonly maxItems: number;
  readonly drop: ReadonlySet<string>;
  readonly maxLengths: Map<string, number>;
}

function shrink(response: ActionResponse, plan: Plan): ActionResponse {
  switch (response.kind) {
    case "unary":
      return { kind: "unary", message: smaller(response.message, "", plan) };
    case "stream":
      return { kind: "stream", messages: shrinkAll(response.messages, plan) };
    case "receipt":
      return response;
  }
}

async function* shrinkAll(messages: AsyncIterable<unknown>, plan: Plan): AsyncGenerator<unknown> {
  for await (const message of messages) {
    yield smaller(message, "", plan);
  }
}

/** A smaller copy of a value; what is left as it is, is shared with the original. */
function smaller(value: unknown, path: string, plan: Plan): unknown {
  if (typeof value === "string") {
    const length = plan.maxLengths.get(path);
    return length === undefined ? value : cut(value, length);
  }
  if (Array.isArray(value)) {
    return value.slice(0, plan.maxItems).map((element) => smaller(element, path, plan));
  }
  return isPlainObject(value) ? smallerObject(value, path, plan) : value;
}

function smallerObject(object: object, path: string, plan: Plan): object {
  const copy: Record<string, unknown> = Object.create(Object.getPrototypeOf(object));
  for (const [name, value] of Object.entries(object)) {
    const inner = path === "" ? name : `${path}.${name}`;
    if (!plan.drop.has(inner)) {
      // Not by assignment: a key `__proto__` of a map is an ordinary key.
      const field = { value: smaller(value, inner, plan), enumerable: true };
      Object.defineProperty(copy, name, { ...field, configurable: true, writable: true });
    }
  }
  return copy;
}

/** Messages and string-keyed maps; not bytes, and not maps of other keys. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return !ArrayBuffer.isView(value) && !(value instanceof Map);
}

const segmenter = new Intl.Segmenter();

/** Cuts between characters as people see them. */
function cut(text: string, maxLength: number): string {
  // No character is shorter than one unit, so that most texts need no counting.
  if (text.length <= maxLength) {
    return text;
  }
  let length = 0;
  let end = 0;
  for (const { index } of segmenter.segment(text)) {
    length += 1;
    if (length === maxLength) {
      end = index;
    } else if (length > maxLength) {
      return `${text.slice(0, end)}…`;
    }
  }
  return text;
}
