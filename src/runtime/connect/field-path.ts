import { isFieldSet, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type FieldPathElement as ElementMessage,
  FieldPathElementSchema,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { FieldPathElement, Subscript } from "../validate/violation.ts";

type ElementInit = MessageInitShape<typeof FieldPathElementSchema>;
type SubscriptInit = NonNullable<ElementInit["subscript"]>;

/** One step of a path as the message `buf.validate.FieldPathElement`. */
export function toElementMessage(element: FieldPathElement): ElementInit {
  const { subscript, ...scalars } = element;
  return subscript === undefined
    ? scalars
    : { ...scalars, subscript: toSubscriptMessage(subscript) };
}

function toSubscriptMessage(subscript: Subscript): SubscriptInit {
  switch (subscript.kind) {
    case "index":
      return { case: "index", value: BigInt(subscript.value) };
    case "boolKey":
      return { case: "boolKey", value: subscript.value };
    case "intKey":
    case "uintKey":
      return { case: subscript.kind, value: subscript.value };
    case "stringKey":
      return { case: "stringKey", value: subscript.value };
  }
}

/** One step of a path from the message `buf.validate.FieldPathElement`. */
export function fromElementMessage(message: ElementMessage): FieldPathElement {
  const has = (name: keyof typeof FieldPathElementSchema.field) =>
    isFieldSet(message, FieldPathElementSchema.field[name]);
  const subscript = fromSubscriptMessage(message.subscript);
  return {
    fieldName: message.fieldName,
    ...(has("fieldNumber") ? { fieldNumber: message.fieldNumber } : {}),
    ...(has("fieldType") ? { fieldType: message.fieldType } : {}),
    ...(has("keyType") ? { keyType: message.keyType } : {}),
    ...(has("valueType") ? { valueType: message.valueType } : {}),
    ...(subscript === undefined ? {} : { subscript }),
  };
}

function fromSubscriptMessage(message: ElementMessage["subscript"]): Subscript | undefined {
  switch (message.case) {
    case undefined:
      return undefined;
    case "index":
      return { kind: "index", value: Number(message.value) };
    case "boolKey":
      return { kind: "boolKey", value: message.value };
    case "intKey":
    case "uintKey":
      return { kind: message.case, value: message.value };
    case "stringKey":
      return { kind: "stringKey", value: message.value };
  }
}

/** A name, and what stands in brackets behind it: a number, `true`, `false` or a quoted text. */
const step = /([^.[\]]+)(?:\[(?:(\d+)|(-\d+)|(true|false)|("(?:[^"\\]|\\.)*"))\])?(?:\.|$)/y;

/**
 * The steps of a path that is known as a text only. Their field numbers and
 * types are not known; a number in brackets is taken for an index. A text
 * that is no path becomes one step with that name.
 */
export function parseFieldPath(text: string): FieldPathElement[] {
  const path: FieldPathElement[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    const subscript = match === null ? "invalid" : parseSubscript(match);
    if (match === null || subscript === "invalid") {
      return [{ fieldName: text }];
    }
    path.push({ fieldName: match[1] ?? "", ...(subscript === undefined ? {} : { subscript }) });
  }
  return path;
}

function parseSubscript(match: RegExpExecArray): Subscript | undefined | "invalid" {
  const [, , index, negative, bool, quoted] = match;
  if (index !== undefined) {
    const value = Number(index);
    return Number.isSafeInteger(value)
      ? { kind: "index", value }
      : { kind: "uintKey", value: BigInt(index) };
  }
  if (negative !== undefined) {
    return { kind: "intKey", value: BigInt(negative) };
  }
  if (bool !== undefined) {
    return { kind: "boolKey", value: bool === "true" };
  }
  if (quoted !== undefined) {
    try {
      return { kind: "stringKey", value: String(JSON.parse(quoted)) };
    } catch {
      return "invalid";
    }
  }
  return undefined;
}
