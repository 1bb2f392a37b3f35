import type { DescMethod } from "@bufbuild/protobuf";
import { isWellKnownFile } from "../message-model/value-shape.ts";
import type { Diagnostics } from "./diagnostics.ts";

/** Reports request and response types that the doors of platforms can't carry. */
export function checkMessages(
  method: DescMethod,
  asynchronous: boolean,
  diagnostics: Diagnostics,
): void {
  for (const [role, message] of [
    ["request", method.input],
    ["response", method.output],
  ] as const) {
    if (isWellKnownFile(message.file) && message.typeName !== "google.protobuf.Empty") {
      diagnostics.report(
        method,
        `${message.typeName} can't be the ${role} of an action, because platforms need an object with declared fields: put it into a field of a message of your own`,
      );
    }
  }
  for (const field of method.output.fields) {
    if (field.name === "error" || field.jsonName === "error") {
      diagnostics.report(
        field,
        `"error" is where plugin tool calls say why an action failed, so ${method.output.typeName}, the response of an action, can't have a field of this name: rename it`,
      );
    }
    if (asynchronous && (field.name === "receipt" || field.jsonName === "receipt")) {
      diagnostics.report(
        field,
        `"receipt" is where plugin tool calls say that a result comes later, so ${method.output.typeName}, the response of an asynchronous action, can't have a field of this name: rename it`,
      );
    }
  }
}
