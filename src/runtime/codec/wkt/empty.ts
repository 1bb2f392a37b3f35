import type { Empty as EmptyMessage } from "@bufbuild/protobuf/wkt";
import { fieldTable } from "../field-table.ts";
import type { JsonInput } from "../json-input.ts";
import type { JsonOutput } from "../json-output.ts";

/** A `google.protobuf.Empty`: a message without fields. */
export type Empty = Record<never, never>;

const fieldsEmpty = fieldTable([]);

/** Reads an Empty: an object without known members. */
export function readEmpty(input: JsonInput): Empty {
  // Unknown members are the input's own business, so that it never finds one for us.
  input.open(fieldsEmpty);
  return {};
}

/** Reads an Empty as protobuf-es keeps it. */
export function readEmptyMessage(input: JsonInput): EmptyMessage {
  readEmpty(input);
  return initEmptyMessage({});
}

/** Writes an Empty. */
export function writeEmpty(_message: Empty, output: JsonOutput): void {
  output.open();
  output.close();
}

/** Returns an Empty. */
export function initEmpty(_init: Empty): Empty {
  return {};
}

/** Returns an Empty as protobuf-es keeps it. */
export function initEmptyMessage(_init: Empty): EmptyMessage {
  return { $typeName: "google.protobuf.Empty" };
}
