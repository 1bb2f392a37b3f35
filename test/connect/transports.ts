import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { implement, silentLogger } from "botwire";
import { memoryTransport, type TransportFor, webhookTransport } from "botwire/client";
import { connectDoor, executeTransport } from "botwire/connect";
import { createBotServer } from "botwire/node";
import { callbackDoor } from "botwire/webhook";
import { WireService } from "./generated/actions/wire/v1/wire.connect.ts";
import { type Seen, taggingHooks, wireHandlers } from "./wire-handlers.ts";

/** A transport to a bot, and what the bot's handlers saw. */
export interface OpenTransport {
  readonly transport: TransportFor<typeof WireService>;
  readonly seen: Seen;
  close(): Promise<void>;
}

const secret = "a secret of the tests";

/** Who calls, where that is not said in headers. */
export const caller = {
  botId: "b",
  userId: "u",
  conversationId: "c",
  locale: "zh-CN",
  deviceClass: "mobile",
};

function wireBot() {
  const seen: Seen = { aborted: 0, closed: 0 };
  return { seen, implementation: implement(WireService, wireHandlers(seen)) };
}

/** A server with all doors, and a transport that is made from its address. */
async function served(
  connect: (baseUrl: string) => OpenTransport["transport"],
): Promise<OpenTransport> {
  const { implementation, seen } = wireBot();
  const server = createBotServer({
    actions: [implementation],
    doors: [connectDoor(), callbackDoor({ secret, budgetMs: 8000 })],
    hooks: [taggingHooks],
    log: silentLogger,
    ownsProcess: false,
    shutdownMs: 1000,
  });
  const { url } = await server.listen({ port: 0, host: "127.0.0.1" });
  return { transport: connect(url), seen, close: () => server.close() };
}

/** Every way in which a client can call. */
export const transports: Readonly<Record<string, () => Promise<OpenTransport>>> = {
  "connect, JSON": () =>
    served((baseUrl) =>
      createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: false }),
    ),
  "connect, binary": () =>
    served((baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1" })),
  "connect over HTTP/2": () =>
    served((baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2" })),
  "connect by GET": () =>
    served((baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1", useHttpGet: true })),
  gRPC: () => served((baseUrl) => createGrpcTransport({ baseUrl })),
  "gRPC-Web": () => served((baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })),
  "execute, Connect": () =>
    served((baseUrl) =>
      executeTransport({ transport: createConnectTransport({ baseUrl, httpVersion: "1.1" }) }),
    ),
  "execute, gRPC": () =>
    served((baseUrl) => executeTransport({ transport: createGrpcTransport({ baseUrl }) })),
  webhook: () =>
    served((baseUrl) =>
      webhookTransport({ url: `${baseUrl}/coze_callback`, secret, identity: caller }),
    ),
  memory: async () => {
    const { implementation, seen } = wireBot();
    const transport = memoryTransport([implementation], {
      hooks: [taggingHooks],
      log: silentLogger,
    });
    return { transport, seen, close: async () => {} };
  },
};
