import { cors } from "@connectrpc/connect";
import type { DoorCors } from "../http/door.ts";
import { identityHeaders } from "../http/identity-headers.ts";

/** What browsers of other origins may send and read: what Connect needs, and who is calling. */
export const corsOfConnect: DoorCors = {
  methods: cors.allowedMethods,
  requestHeaders: [...cors.allowedHeaders, ...Object.values(identityHeaders), "traceparent"],
  responseHeaders: cors.exposedHeaders,
};
