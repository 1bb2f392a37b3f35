import type { Boxed, BoxedMessage } from "./boxed.ts";

/**
 * How a field of a message is read, and whether it has wrappers of `float` or
 * `double`; the message is undefined where it isn't set.
 */
export type FieldReader<T> = readonly [
  name: string,
  has: (message: T | undefined) => boolean,
  get: (message: T | undefined) => Boxed,
  wraps?: true,
];

/** Makes values of one message type. */
export type MessageBox<T> = (message: T | undefined) => BoxedMessage;

/** The type of a message whose values are needed at run time. Fields have their names in the .proto. */
// @__NO_SIDE_EFFECTS__
export function messageBox<T>(typeName: string, readers: readonly FieldReader<T>[]): MessageBox<T> {
  const fields = new Map(readers.map((reader) => [reader[0], reader]));
  const names = [...fields.keys()];
  return (message) => ({
    kind: "message",
    typeName,
    fields: names,
    has: (field) => fields.get(field)?.[1](message) ?? false,
    get: (field) => fields.get(field)?.[2](message),
    wraps: (field) => fields.get(field)?.[3] ?? false,
  });
}
