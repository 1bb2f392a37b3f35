import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { createActionClient, traceIdOf, webhookTransport } from "botwire/client";
import { executeTransport } from "botwire/connect";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everything } from "../connect/everything.ts";
import { WireService } from "../connect/generated/actions/wire/v1/wire.connect.ts";
import { EverythingSchema } from "../connect/generated/actions/wire/v1/wire.ts";
import { bundle } from "./bundle.ts";

let worker: Miniflare;
let baseUrl: string;

beforeAll(async () => {
  const { code } = await bundle("worker.ts", ["workerd", "worker"]);
  worker = new Miniflare({ modules: true, script: code, compatibilityDate: "2026-07-01" });
  baseUrl = (await worker.ready).href.replace(/\/$/, "");
});
afterAll(() => worker.dispose());

const transports = {
  "connect, JSON": () =>
    createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: false }),
  "connect, binary": () => createConnectTransport({ baseUrl, httpVersion: "1.1" }),
  "gRPC-Web": () => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" }),
  execute: () =>
    executeTransport({ transport: createConnectTransport({ baseUrl, httpVersion: "1.1" }) }),
  webhook: () =>
    webhookTransport({ url: `${baseUrl}/coze_callback`, secret: "a secret of the tests" }),
};

describe.each(Object.entries(transports))("in workerd, over %s", (_name, transport) => {
  const client = () => createActionClient(WireService, transport());

  it("carries every kind of field", async () => {
    const answer = await client().echo({ everything });
    expect(answer.everything).toEqual(EverythingSchema.init(everything));
  });

  it("fails with the handler's error", async () => {
    const call = client().fail({ code: "not_found", message: "no such 城市" });
    await expect(call).rejects.toMatchObject({ code: "not_found", message: "no such 城市" });
    const error = await call.catch((reason) => reason);
    expect(traceIdOf(error)).toMatch(/^[0-9a-f]{32}$/);
  });

  it("streams", async () => {
    const numbers: bigint[] = [];
    for await (const { number } of client().count({ to: 3, intervalMs: 5 })) {
      numbers.push(number);
    }
    expect(numbers).toEqual([1n, 2n, 3n]);
  });

  it("ends when the caller's time is up", async () => {
    const call = client().wait({ waitMs: 5000 }, { timeoutMs: 100 });
    await expect(call).rejects.toMatchObject({ code: "deadline_exceeded" });
  });
});

describe("in workerd", () => {
  it("answers tool calls", async () => {
    const response = await fetch(`${baseUrl}/actions/echo`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"everything":{"text":"x"}}',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ everything: { text: "x" } });
  });

  it("answers preflight requests of browsers", async () => {
    const response = await fetch(`${baseUrl}/wire.v1.WireService/Echo`, {
      method: "OPTIONS",
      headers: {
        origin: "https://app.example.com",
        "access-control-request-method": "POST",
        "access-control-request-headers": "connect-protocol-version,x-bot-id",
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    const allowed = response.headers.get("access-control-allow-headers")?.toLowerCase() ?? "";
    expect(allowed).toContain("connect-protocol-version");
    expect(allowed).toContain("x-bot-id");
  });

  it("says what it lacks for gRPC", async () => {
    const response = await fetch(`${baseUrl}/wire.v1.WireService/Echo`, {
      method: "POST",
      headers: { "content-type": "application/grpc+proto" },
      body: new Uint8Array(5),
    });
    expect(response.status).toBe(415);
    expect(await response.text()).toContain("use Connect or gRPC-Web");
  });

  it("answers paths that nothing serves", async () => {
    expect((await fetch(`${baseUrl}/wire.v1.WireService/Nothing`, { method: "POST" })).status).toBe(
      404,
    );
    expect((await fetch(`${baseUrl}/nothing`)).status).toBe(404);
  });
});
