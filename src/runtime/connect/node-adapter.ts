import { Code, ConnectError } from "@connectrpc/connect";
import {
  compressionBrotli,
  compressionGzip,
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from "@connectrpc/connect-node";
import type { NodeAdapter } from "./platform.ts";

type ConnectNodeRequest = Parameters<typeof universalRequestFromNodeRequest>[0];
type ConnectNodeResponse = Parameters<typeof universalResponseToNodeResponse>[1];

/** How long a client that was answered early may go on sending, in milliseconds. */
const lingerMs = 5000;

/** What Connect needs of Node, from connect-node. */
export const nodeAdapter: NodeAdapter | undefined = {
  compression: [compressionGzip, compressionBrotli],

  async serve(handler, doorRequest, doorResponse) {
    // Doors declare these types loosely, so that only this file needs Node's.
    const request = doorRequest as ConnectNodeRequest;
    const response = doorResponse as ConnectNodeResponse;
    try {
      const incoming = universalRequestFromNodeRequest(request, response, undefined, undefined);
      // Left to itself, Node would destroy the connection, and the answer with
      // it, when Connect stops reading a body that is too long.
      const body = request.iterator({ destroyOnReturn: false });
      response.once("finish", () => letGo(request));
      const answer = await handler({ ...incoming, body });
      await universalResponseToNodeResponse(answer, response);
    } catch (reason) {
      // That the client went away is no failure of the server.
      const { code } = ConnectError.from(reason);
      if (code !== Code.Aborted && code !== Code.Canceled) {
        throw reason;
      }
    }
  },
};

/** Reads on what a client still sends after it was answered, and then no more. */
function letGo(request: ConnectNodeRequest): void {
  if (!request.complete) {
    request.resume();
    setTimeout(() => request.complete || request.destroy(), lingerMs).unref();
  }
}
