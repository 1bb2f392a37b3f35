// What a page in a browser imports.

import type { Transport } from "@connectrpc/connect";
import { createActionClient } from "botwire/client";
import { WireService } from "../connect/generated/actions/wire/v1/wire.connect.ts";

/** A client over a transport for browsers, for example connect-web's. */
export function browserClient(transport: Transport) {
  return createActionClient(WireService, transport);
}
