import { randomUUID } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import {
  create,
  type DescMessage,
  type DescService,
  fromJson,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import { createValidator } from "@bufbuild/protovalidate";
import { handleMessage, type MessageRequest } from "./handler.ts";
import { listenAndTell } from "./ready.ts";
import { isSigned, readBody } from "./signed-body.ts";

/** The same work as it is usually written, by the libraries that there are for it. */
export function serve(service: DescService): void {
  const [method] = service.methods;
  if (method === undefined) {
    throw new Error("the service has no method");
  }
  const validator = createValidator();
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    if (!isSigned(request, body)) {
      answer(response, 401, { status: "error" });
      return;
    }
    const message = fromJson(method.input, JSON.parse(body.toString()));
    const { kind } = validator.validate(method.input, message);
    if (kind !== "valid") {
      answer(response, 400, { status: "error" });
      return;
    }
    answer(response, 200, toJson(method.output, respond(message, method.output)));
  });
  server.keepAliveTimeout = 65_000;
  listenAndTell(server);
}

function respond(message: Message, output: DescMessage): Message {
  const { parameters } = message as Message & { parameters: MessageRequest<unknown, unknown> };
  const init = { status: "success", data: handleMessage(parameters), traceId: randomUUID() };
  return create(output, init as Record<string, unknown>);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
