import type { Compression, UniversalHandlerFn } from "@connectrpc/connect/protocol";
import type { NodeRequest, NodeResponse } from "../http/door.ts";

/** What Connect needs of Node, and can do without elsewhere. */
export interface NodeAdapter {
  /** The compressions that requests and responses may have. */
  readonly compression: readonly Compression[];
  /** Answers a request. Rejects if the answer failed on its way, unless its client went away. */
  serve(handler: UniversalHandlerFn, request: NodeRequest, response: NodeResponse): Promise<void>;
}
