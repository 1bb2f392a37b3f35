import type { Empty as EmptyMessage } from "@bufbuild/protobuf/wkt";
import {
  type Empty,
  initEmpty,
  initEmptyMessage,
  readEmpty,
  readEmptyMessage,
  writeEmpty,
} from "../codec/wkt/empty.ts";
import { noRules } from "../validate/validator.ts";
import type { MessageSchema } from "./contract.ts";

/**
 * The schema of `google.protobuf.Empty`, the only well-known type that may be
 * the request or response of an action. It is a plain `{}`.
 */
export const emptySchema: MessageSchema<Empty> = {
  typeName: "google.protobuf.Empty",
  init: (init) => initEmpty(init ?? {}),
  readJson: readEmpty,
  writeJson: writeEmpty,
  params: {},
  validate: noRules,
};

/** As {@link emptySchema}, for the message of protobuf-es. */
export const emptyMessageSchema: MessageSchema<EmptyMessage> = {
  ...emptySchema,
  init: (init) => initEmptyMessage(init ?? {}),
  readJson: readEmptyMessage,
};
