import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { create } from "@bufbuild/protobuf";
import { Code, type ConnectRouter, createClient, createRouterTransport } from "@connectrpc/connect";
import { connectNodeAdapter, createConnectTransport } from "@connectrpc/connect-node";
import { ActionError, implement, silentLogger } from "botwire";
import { createActionClient, memoryTransport } from "botwire/client";
import { actionRoutes, attachConnect, type ConnectDoorOptions, connectDoor } from "botwire/connect";
import { createFetchHandler } from "botwire/fetch";
import { ActionService } from "botwire/gen/es/bot/action/v1/action_pb.js";
import { afterEach, describe, expect, it } from "vitest";
import { collect, streamOf } from "./collect.ts";
import { WireService } from "./generated/actions/wire/v1/wire.connect.ts";
import { WireService as PlainService } from "./generated/actions/wire/v1/wire.ts";
import { HiddenResponseSchema, WireService as WireDesc } from "./generated/es/wire/v1/wire_pb.ts";
import { transportTo } from "./in-process.ts";
import { wireHandlers } from "./wire-handlers.ts";

const wire = implement(WireService, wireHandlers());
const plain = implement(PlainService, wireHandlers());

const serve = (options?: ConnectDoorOptions) =>
  createFetchHandler({ actions: [wire], doors: [connectDoor(options)], log: silentLogger });

describe("connectDoor()", () => {
  it("refuses to start with a contract that does not know Connect", () => {
    const start = () =>
      createFetchHandler({ actions: [plain], doors: [connectDoor()], log: silentLogger });
    expect(start).toThrow(
      "connect door: wire.v1.WireService cannot be served over Connect: import the contract from the generated file that ends in .connect.ts, and give that one to implement()",
    );
  });

  it("refuses a budget that is none", () => {
    expect(() => serve({ budgetMs: 0 })).toThrow("budgetMs must be more than 0, not 0");
  });

  it("says of methods that are no actions that they are not implemented", async () => {
    const client = createClient(WireDesc, transportTo(serve()));
    await expect(client.hidden({})).rejects.toMatchObject({
      code: Code.Unimplemented,
      rawMessage: "wire.v1.WireService.Hidden is not implemented",
    });
    await expect(client.upload(streamOf({}))).rejects.toMatchObject({ code: Code.Unimplemented });
  });

  it("serves methods that routes add", async () => {
    const routes = (router: ConnectRouter) => {
      router.rpc(WireDesc.method.hidden, () => ({}));
      router.rpc(WireDesc.method.upload, () => {
        throw new ActionError("permission_denied", "not here");
      });
    };
    const client = createClient(WireDesc, transportTo(serve({ routes })));
    expect(await client.hidden({})).toEqual(create(HiddenResponseSchema));
    await expect(client.upload(streamOf({}))).rejects.toMatchObject({
      code: Code.PermissionDenied,
    });
    expect(await client.echo({ headers: [] })).toMatchObject({ caller: { botId: "" } });
  });

  it.each([
    ["health", "grpc.health.v1.Health/Check"],
    ["reflection", "grpc.reflection.v1.ServerReflection/ServerReflectionInfo"],
    ["envelope", "bot.action.v1.ActionService/Execute"],
  ])("serves no %s if it is not asked to", async (option, method) => {
    const status = async (options: ConnectDoorOptions) => {
      const url = `https://bot.example.com/${method}`;
      const headers = { "content-type": "application/json" };
      const body = '{"action":"echo"}';
      return (await serve(options)(new Request(url, { method: "POST", headers, body }))).status;
    };
    expect(await status({ [option]: false })).toBe(404);
    expect(await status({})).not.toBe(404);
  });

  it("gives every caller at most its budget", async () => {
    const client = createActionClient(WireService, transportTo(serve({ budgetMs: 500 })));
    expect((await client.echo({})).budgetMs).toBeLessThanOrEqual(500);
    expect((await client.echo({}, { timeoutMs: 300 })).budgetMs).toBeLessThanOrEqual(300);
    expect((await client.echo({}, { timeoutMs: 60_000 })).budgetMs).toBeLessThanOrEqual(500);
  });
});

describe("the envelope", () => {
  const client = createClient(ActionService, transportTo(serve()));

  it("answers in the binary encoding if asked to", async () => {
    const params = { everything: '{"int64":"5"}' };
    const answer = await client.execute({ action: "echo", params, accept: 2 });
    expect(answer).toMatchObject({ success: true, payloadType: "application/protobuf" });
    const connect = WireService.connect.methods.find(({ action }) => action.name === "echo");
    expect(connect).toBeDefined();
    // Field 1, a message of three bytes: its field 5 is 5.
    expect([...answer.payload.slice(0, 4)]).toEqual([0x0a, 2, 0x28, 5]);
  });

  it("says who is calling, before headers do", async () => {
    const answer = await client.execute(
      { action: "echo", botId: "b", caller: { userId: "u", locale: "fr" } },
      { headers: { "x-bot-id": "other", "x-device-class": "mobile" } },
    );
    expect(JSON.parse(new TextDecoder().decode(answer.payload))).toMatchObject({
      caller: { botId: "b", userId: "u", locale: "fr", deviceClass: "mobile" },
    });
  });

  it("takes an outcome of the action for an answer", async () => {
    expect(await client.execute({ action: "fail", params: { code: "aborted" } })).toMatchObject({
      success: false,
      error: { code: "aborted", violations: [] },
    });
    expect(await client.execute({ action: "fail", params: { cod: "x" } })).toMatchObject({
      success: false,
      error: { code: "invalid_argument", violations: [{ field: "cod", rule: "json" }] },
    });
  });

  it("names the method that can stream", async () => {
    expect(await client.execute({ action: "count", params: { to: "1" } })).toMatchObject({
      success: false,
      error: {
        code: "unimplemented",
        message: "action count answers with a stream: call it by ExecuteStream",
      },
    });
  });

  it("answers a stream of one message for an action that answers once", async () => {
    const answers = await collect(client.executeStream({ action: "echo" }));
    expect(answers).toMatchObject([{ success: true, payloadType: "application/json" }]);
  });

  it("refuses an action that there is not", async () => {
    await expect(client.execute({ action: "ech" })).rejects.toMatchObject({
      code: Code.NotFound,
      rawMessage: 'there is no action "ech"; did you mean "echo"?',
    });
    await expect(client.execute({})).rejects.toMatchObject({ code: Code.InvalidArgument });
  });

  it("refuses a format that there is not", async () => {
    await expect(client.execute({ action: "echo", accept: 7 as never })).rejects.toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: "accept: 7 is no payload format",
    });
  });
});

describe("actionRoutes()", () => {
  let close = () => {};
  afterEach(() => close());

  it("serves actions in a server of one's own", async () => {
    const routes = actionRoutes([wire], { log: silentLogger });
    const server = createServer(connectNodeAdapter({ routes })).listen(0, "127.0.0.1");
    close = () => server.close();
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${port}`;
    const transport = createConnectTransport({ baseUrl, httpVersion: "1.1" });
    const answer = await createActionClient(WireService, transport).echo({
      everything: { text: "x" },
    });
    expect(answer.everything?.text).toBe("x");
    expect(await createClient(ActionService, transport).execute({ action: "echo" })).toMatchObject({
      success: true,
    });
  });

  it("refuses a contract that does not know Connect", () => {
    expect(() => actionRoutes([plain])).toThrow(
      "actionRoutes(): wire.v1.WireService cannot be served over Connect",
    );
  });
});

describe("a contract", () => {
  it("cannot be given the descriptor of another service", () => {
    const attach = () => attachConnect(PlainService, ActionService, {} as never);
    expect(attach).toThrow(
      "the contract of wire.v1.WireService cannot use the descriptor of bot.action.v1.ActionService: generate again",
    );
  });

  it("cannot have an action that is no method", () => {
    const { echo } = PlainService.actions;
    const old = {
      typeName: PlainService.typeName,
      actions: { echo: { ...echo, rpc: "Ech\no" } },
    };
    expect(() => attachConnect(old, WireDesc, {} as never)).toThrow(
      'wire.v1.WireService has no unary method "Ech\\no": generate contract and descriptor from the same files',
    );
  });

  it("that is plain cannot be given a transport of Connect", () => {
    const transport = createRouterTransport(() => {});
    // @ts-expect-error a plain contract knows no transport but botwire's
    expect(() => createActionClient(PlainService, transport)).toThrow(
      "the contract of wire.v1.WireService does not know Connect: import it from the generated file that ends in .connect.ts, or use a transport of botwire",
    );
  });

  it("that is plain can be given a transport of botwire", async () => {
    const transport = memoryTransport([plain], { log: silentLogger });
    const answer = await createActionClient(PlainService, transport).echo({ headers: ["x"] });
    expect(answer.headers).toEqual({ x: "(none)" });
  });

  it("types requests and answers", () => {
    const client = createActionClient(
      WireService,
      createRouterTransport(() => {}),
    );
    const typed = () => {
      // @ts-expect-error no such field
      void client.echo({ nothing: 1 });
      // @ts-expect-error not a string
      void client.fail({ code: 1 });
      // @ts-expect-error a stream is not awaited
      void client.count({}).then;
      // @ts-expect-error no action
      void client.hidden;
      // @ts-expect-error a codec of another message
      void attachConnect(PlainService, WireDesc, { echo: { input: {}, output: {} } });
      // @ts-expect-error these messages need codecs
      void attachConnect(PlainService, WireDesc);
    };
    expect(typed).toBeTypeOf("function");
  });
});
