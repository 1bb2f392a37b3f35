import { ActionError, type Hooks, implement, type Middleware, silentLogger } from "botwire";
import { type ConnectDoorOptions, connectDoor } from "botwire/connect";
import { createFetchHandler } from "botwire/fetch";
import { describe, expect, it, vi } from "vitest";
import { WireService } from "./generated/actions/wire/v1/wire.connect.ts";
import { wireHandlers } from "./wire-handlers.ts";

/** What the hooks were told, in order. */
function journal() {
  const lines: string[] = [];
  const hooks: Hooks = {
    onRequestStart: ({ door }) => void lines.push(`start ${door}`),
    onRouteMatch: ({ action }) => void lines.push(`route ${action?.name}`),
    onError: (_context, { code, message }) => void lines.push(`error ${code}: ${message}`),
    onRequestEnd: (_context, { error }) => void lines.push(`end ${error?.code ?? "ok"}`),
  };
  return { lines, hooks };
}

function serve(options: { middleware?: Middleware[]; door?: ConnectDoorOptions } = {}) {
  const { lines, hooks } = journal();
  const handlers = wireHandlers();
  const echo = vi.spyOn(handlers, "echo");
  const fetch = createFetchHandler({
    actions: [implement(WireService, handlers)],
    doors: [connectDoor(options.door)],
    hooks: [hooks],
    middleware: options.middleware,
    log: silentLogger,
  });
  const post = (
    body: BodyInit,
    { type = "application/json", method = "wire.v1.WireService/Echo", headers = {} } = {},
  ) =>
    fetch(
      new Request(`https://bot.example.com/${method}`, {
        method: "POST",
        headers: { "content-type": type, ...headers },
        body,
        duplex: "half",
      } as RequestInit),
    );
  return { lines, echo, post };
}

/** A body that tells whether anybody reads it. */
function watchedBody(text: string) {
  const read = vi.fn();
  const body = new ReadableStream(
    {
      pull(controller) {
        read();
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { body, read };
}

/** A message of gRPC-Web, or of a stream of Connect. */
function enveloped(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(5 + message.length);
  new DataView(bytes.buffer).setUint32(1, message.length);
  bytes.set(message, 5);
  return bytes;
}

const reject: Middleware = () => {
  throw new ActionError("unauthenticated", "not-you");
};

describe("the pipeline of a call over Connect", () => {
  it("sees a request that is not valid JSON", async () => {
    const { lines, echo, post } = serve();
    const response = await post('{"everything":');
    expect(response.status).toBe(400);
    const { message } = (await response.json()) as { message: string };
    expect(lines).toEqual([
      "start connect",
      "route echo",
      `error invalid_argument: ${message}`,
      "end invalid_argument",
    ]);
    expect(echo).not.toHaveBeenCalled();
  });

  it("sees a request whose encoding is not known", async () => {
    const { lines, post } = serve();
    expect((await post("{}", { headers: { "content-encoding": "zip" } })).status).toBe(501);
    expect(lines.at(-1)).toBe("end unimplemented");
  });

  it("sees a timeout that cannot be read", async () => {
    const { lines, post } = serve();
    expect((await post("{}", { headers: { "connect-timeout-ms": "soon" } })).status).toBe(400);
    expect(lines.at(-1)).toBe("end invalid_argument");
  });

  it("sees a message that is too long", async () => {
    const { lines, post } = serve({ door: { maxMessageBytes: 10 } });
    expect((await post('{"headers":["something"]}')).status).toBe(429);
    expect(lines.at(-1)).toBe("end resource_exhausted");
  });

  it("sees a broken message of gRPC-Web", async () => {
    const { lines, post } = serve();
    const response = await post(enveloped(new Uint8Array([0x0a, 0x7f])), {
      type: "application/grpc-web+proto",
    });
    expect(await response.text()).toContain("grpc-status: 13");
    expect(lines).toMatchObject(
      ["start grpc-web", "route echo", /^error internal/, "end internal"].map((line) =>
        expect.stringMatching(line),
      ),
    );
  });

  it("sees a stream without a request", async () => {
    const { lines, post } = serve();
    await post(new Uint8Array(), {
      type: "application/connect+json",
      method: "wire.v1.WireService/Count",
    }).then((response) => response.text());
    expect(lines.at(-1)).toBe("end unimplemented");
  });

  it("sees a broken envelope of an envelope", async () => {
    const { lines, post } = serve();
    const method = "bot.action.v1.ActionService/Execute";
    expect((await post('{"action":7}', { method })).status).toBe(400);
    expect(lines).toEqual([
      "start execute",
      expect.stringContaining("error invalid_argument"),
      "end invalid_argument",
    ]);
  });

  it.each([
    ["application/json", "wire.v1.WireService/Echo"],
    ["application/grpc-web+json", "wire.v1.WireService/Echo"],
    ["application/connect+json", "wire.v1.WireService/Count"],
  ])("refuses a call before its body is read: %s", async (type, method) => {
    const { lines, post } = serve({ middleware: [reject] });
    const { body, read } = watchedBody("{}");
    const response = await post(body, { type, method });
    expect(`${[...response.headers]} ${await response.text()}`).toContain("not-you");
    expect(read).not.toHaveBeenCalled();
    expect(lines.at(-1)).toBe("end unauthenticated");
  });

  it("lets a middleware answer without the handler", async () => {
    const cached: Middleware = () => ({
      kind: "unary",
      message: { everything: { text: "from a cache" } },
    });
    const { lines, echo, post } = serve({ middleware: [cached] });
    const response = await post('{"everything":{"text":"sent"}}');
    expect(await response.json()).toMatchObject({ everything: { text: "from a cache" } });
    expect(echo).not.toHaveBeenCalled();
    expect(lines.at(-1)).toBe("end ok");
  });
});

describe("interceptors of a Connect door", () => {
  it("run between the middleware and the handler", async () => {
    const order: string[] = [];
    const { post } = serve({
      middleware: [
        async (_context, next) => {
          order.push("middleware");
          return next();
        },
      ],
      door: {
        interceptors: [
          (next) => (request) => {
            order.push(`interceptor ${request.method.name}`);
            return next(request);
          },
        ],
      },
    });
    expect((await post("{}")).status).toBe(200);
    expect(order).toEqual(["middleware", "interceptor Echo"]);
  });

  it("fail the call in the pipeline, too", async () => {
    const { lines, echo, post } = serve({
      door: {
        interceptors: [
          () => () => {
            throw new ActionError("unauthenticated", "not you");
          },
        ],
      },
    });
    expect((await post("{}")).status).toBe(401);
    expect(lines.at(-1)).toBe("end unauthenticated");
    expect(echo).not.toHaveBeenCalled();
  });
});
