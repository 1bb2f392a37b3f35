import { type CompactCodec, compactMessage } from "../message.ts";

/** A `google.protobuf.Empty`: a message without fields. */
export const empty: CompactCodec<object> = /* @__PURE__ */ compactMessage(
  "google.protobuf.Empty",
  "",
);
