import { createMarkBook, type MarkBook } from "./mark-book.ts";

/** Finds the fields of messages that must not be shown: `[debug_redact = true]`. */
export function createSecretBook(): MarkBook {
  return createMarkBook(({ proto }) => proto.options?.debugRedact === true);
}
