import { createServer } from "node:http";
import type { Message } from "@bufbuild/protobuf";
import type { GenMessage, GenService } from "@bufbuild/protobuf/codegenv2";
import type { ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { handleMessage, type MessageRequest } from "./handler.ts";
import { listenAndTell } from "./ready.ts";

/** `bench.webhook.v1.CallbackService`. */
type Service = GenService<{
  callback: {
    methodKind: "unary";
    input: GenMessage<Message & { parameters: MessageRequest<unknown, unknown> }>;
    output: GenMessage<Message & { status: string; data: object; traceId: string }>;
  };
}>;

/** connect-node's unary JSON, with neither signature nor rules: it has less to do. */
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
  const server = createServer(connectNodeAdapter({ routes }));
  server.keepAliveTimeout = 65_000;
  listenAndTell(server);
}
