import type { DescEnum, DescFile, DescMessage } from "@bufbuild/protobuf";
import { messagesOf } from "../message-model/property.ts";
import { wellKnownType, wrappedScalar } from "../message-model/value-shape.ts";
import type { Diagnostics } from "./diagnostics.ts";
import { isForeign } from "./foreign-file.ts";

/**
 * Reports fields whose types nobody has a codec for: what is in
 * google/protobuf/*.proto without being a well-known type (`Api`, `Syntax`,
 * descriptors), and rules.
 */
export function checkFields(file: DescFile, diagnostics: Diagnostics): void {
  for (const field of messagesOf(file).flatMap((message) => message.fields)) {
    const type = field.message ?? field.enum;
    if (type !== undefined && isForeign(type.file) && !isHandled(type)) {
      diagnostics.report(
        field,
        `${type.typeName} has no codec, because it is neither a message of your own nor a well-known type with a form in JSON: declare what you need of it in a message of your own`,
      );
    }
  }
}

/** Whether run-time helpers read and write the type. */
function isHandled(type: DescMessage | DescEnum): boolean {
  return type.kind === "enum"
    ? type.typeName === "google.protobuf.NullValue"
    : wellKnownType(type) !== undefined || wrappedScalar(type) !== undefined;
}
