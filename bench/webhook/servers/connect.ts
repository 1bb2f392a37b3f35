import { createServer, type IncomingMessage } from "node:http";
import type { Message } from "@bufbuild/protobuf";
import type { GenMessage, GenService } from "@bufbuild/protobuf/codegenv2";
import type { ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { createValidateInterceptor } from "@connectrpc/validate";
import { handleMessage, type MessageRequest } from "./handler.ts";
import { listenAndTell } from "./ready.ts";
import { isSigned, readBody } from "./signed-body.ts";

/** `bench.webhook.v1.CallbackService`. */
type Service = GenService<{
  callback: {
    methodKind: "unary";
    input: GenMessage<Message & { parameters: MessageRequest<unknown, unknown> }>;
    output: GenMessage<Message & { status: string; data: object; traceId: string }>;
  };
}>;

/**
 * The same work by connect-node's unary JSON: the signature in front of it, the
 * rules by its own interceptor. With the argument `bare`, with neither, so that
 * it has less to do than all others.
 */
export function serve(service: Service): void {
  const routes = (router: ConnectRouter) => {
    router.service(service, {
      callback: ({ parameters }) => ({
        status: "success",
        data: handleMessage(parameters),
        traceId: "",
      }),
    });
  };
  const isBare = process.argv[3] === "bare";
  const interceptors = isBare ? [] : [createValidateInterceptor()];
  const adapter = connectNodeAdapter({ routes, interceptors });
  const server = createServer(
    isBare
      ? adapter
      : async (request, response) => {
          const body = await readBody(request);
          if (!isSigned(request, body)) {
            response.writeHead(401).end();
            return;
          }
          readAgain(request, body);
          adapter(request, response);
        },
  );
  server.keepAliveTimeout = 65_000;
  listenAndTell(server);
}

/** Has a request give its body to whoever iterates over it, although it has been read. */
function readAgain(request: IncomingMessage, body: Buffer): void {
  async function* iterate() {
    yield body;
  }
  Object.defineProperty(request, Symbol.asyncIterator, { value: iterate });
}
