import { ActionError, implement, silentLogger } from "botwire";
import { createActionClient, traceIdOf, webhookTransport } from "botwire/client";
import { createFetchHandler } from "botwire/fetch";
import { callbackDoor } from "botwire/webhook";
import { describe, expect, it, vi } from "vitest";
import { collect } from "../connect/collect.ts";
import { WireService } from "../connect/generated/actions/wire/v1/wire.ts";
import { wireHandlers } from "../connect/wire-handlers.ts";

const url = "https://bot.example.com/coze_callback";

/** A client of a server that answers with what the function returns. */
const clientOf = (answer: (request: Request) => Response | Promise<Response>, secret?: string) =>
  createActionClient(
    WireService,
    webhookTransport({
      url,
      secret,
      fetch: async (input, init) => answer(new Request(input, init)),
    }),
  );

async function failure(call: Promise<unknown>): Promise<ActionError> {
  const reason = await call.catch((error: unknown) => error);
  if (!(reason instanceof ActionError)) {
    throw new Error("the call did not fail with an ActionError", { cause: reason });
  }
  return reason;
}

describe("webhookTransport()", () => {
  it("signs what it sends", async () => {
    const server = createFetchHandler({
      actions: [implement(WireService, wireHandlers())],
      doors: [callbackDoor({ secret: "right" })],
      log: silentLogger,
    });
    expect((await clientOf(server, "right").wait({})).done).toBe(true);
    expect(await failure(clientOf(server, "wrong").wait({}))).toMatchObject({
      code: "unauthenticated",
    });
    expect(await failure(clientOf(server).wait({}))).toMatchObject({
      code: "unauthenticated",
      message: expect.stringContaining("x-coze-timestamp"),
    });
  });

  it("refuses an empty secret", () => {
    expect(() => webhookTransport({ url, secret: "" })).toThrow("secret is empty");
  });

  it("writes the .proto's names", async () => {
    const sent = vi.fn();
    const client = clientOf(async (request) => {
      sent(await request.json());
      return Response.json({ status: "success", data: {} });
    });
    await client.wait({ waitMs: 5 });
    expect(sent).toHaveBeenCalledWith({
      event_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      action: "wait",
      parameters: { wait_ms: 5 },
    });
  });

  it("ignores fields that were added since", async () => {
    const data = { done: true, added: 1 };
    const client = clientOf(() => Response.json({ status: "success", data, added: 1 }));
    expect(await client.wait({})).toEqual({ done: true });
  });

  it.each([
    [200, "<html>", "internal", "HTTP 200 without a callback's answer (no JSON object)"],
    [502, "<html>", "unavailable", "HTTP 502 without a callback's answer (no JSON object)"],
    [404, "[]", "unimplemented", "HTTP 404 without a callback's answer (no JSON object)"],
    [200, '{"status":"ok"}', "internal", 'HTTP 200 without a callback\'s answer (status "ok")'],
    [200, '{"status":"success"}', "internal", "the answer is no wire.v1.WaitResponse"],
    [
      200,
      '{"status":"success","data":{"done":7}}',
      "internal",
      "the answer is no wire.v1.WaitResponse",
    ],
    [200, '{"status":"error","error":{"code":"constructor"}}', "unknown", ""],
    [401, '{"error":{"code":"unauthenticated","message":"m"}}', "unauthenticated", "m"],
  ])("fails for HTTP %i with %s", async (status, body, code, message) => {
    const headers = { "x-trace-id": "t" };
    const error = await failure(clientOf(() => new Response(body, { status, headers })).wait({}));
    expect(error).toMatchObject({ code, message });
    expect(traceIdOf(error)).toBe("t");
  });

  it("fails if the server cannot be reached", async () => {
    const client = createActionClient(
      WireService,
      webhookTransport({ url: "http://127.0.0.1:1/coze_callback" }),
    );
    expect(await failure(client.wait({}))).toMatchObject({
      code: "unavailable",
      message: "the server cannot be reached",
    });
  });

  const events = (text: string) =>
    new Response(text, { headers: { "content-type": "text/event-stream" } });
  const one = 'data: {"status":"success","data":{"number":"1"}}\n\n';

  it("reads a stream to its end", async () => {
    const client = clientOf(() => events(`: heartbeat\n\n${one}event: done\ndata: {}\n\n${one}`));
    expect(await collect(client.count({}))).toEqual([{ number: 1n }]);
  });

  it("fails if a stream breaks off", async () => {
    const client = clientOf(() => events(one));
    expect(await failure(collect(client.count({})))).toMatchObject({
      code: "unavailable",
      message: "the stream broke off before its end",
    });
  });
});
