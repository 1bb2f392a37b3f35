import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import {
  connectNodeAdapter,
  createConnectTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { trace } from "@opentelemetry/api";
import { telemetryInterceptor } from "botwire/telemetry";
import { expect, it, onTestFinished } from "vitest";
import { collect } from "../connect/collect.ts";
import { WireService } from "../connect/generated/es/wire/v1/wire_pb.ts";
import { startWithSink } from "./start.ts";

/** Plain Connect, without anything of botwire but the interceptors. */
async function startPlain() {
  const server = createServer(
    connectNodeAdapter({
      interceptors: [telemetryInterceptor("server")],
      routes: (router) =>
        router.service(WireService, {
          echo: () => ({}),
          fail() {
            throw new ConnectError("no", Code.NotFound);
          },
          async *count({ to }) {
            for (let number = 1n; number <= to; number++) {
              trace.getTracer("user").startSpan(`number ${number}`).end();
              yield { number };
            }
          },
          async upload(requests) {
            await collect(requests);
            return {};
          },
        }),
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { port, baseUrl: `http://127.0.0.1:${port}` };
}

it.each([
  ["connectrpc", createConnectTransport],
  ["grpc", createGrpcWebTransport],
] as const)("traces plain Connect on both sides, unary and streaming: %s", async (system, make) => {
  const { telemetry, sink } = await startWithSink();
  const { port, baseUrl } = await startPlain();
  const interceptors = [telemetryInterceptor("client")];
  const client = createClient(WireService, make({ baseUrl, httpVersion: "1.1", interceptors }));
  await client.echo({});
  await expect(client.fail({})).rejects.toThrow("no");
  expect(await collect(client.count({ to: 2 }))).toHaveLength(2);
  await telemetry.flush();

  const clients = sink.spans.filter(({ kind }) => kind === 3);
  const servers = sink.spans.filter(({ kind }) => kind === 2);
  const methods = ["Echo", "Fail", "Count"].map((method) => `wire.v1.WireService/${method}`);
  expect(clients.map(({ name }) => name)).toEqual(methods);
  expect(servers.map(({ name }) => name)).toEqual(methods);
  expect(servers.map(({ parentSpanId }) => parentSpanId)).toEqual(
    clients.map(({ spanId }) => spanId),
  );
  expect(clients.map(({ attributes }) => attributes)).toMatchObject([
    {
      "rpc.system.name": system,
      "rpc.method": methods[0],
      "rpc.response.status_code": "ok",
      "server.address": "127.0.0.1",
      "server.port": port,
    },
    { "rpc.response.status_code": "not_found", "error.type": "not_found" },
    { "rpc.response.status_code": "ok" },
  ]);
  // What a handler does while its stream goes on is part of the call.
  const [, , count] = servers;
  const numbers = sink.spans.filter(({ name }) => name.startsWith("number"));
  expect(numbers.map(({ parentSpanId }) => parentSpanId)).toEqual([count?.spanId, count?.spanId]);

  for (const side of ["client", "server"]) {
    const points = sink.points.filter(({ metric }) => metric === `rpc.${side}.call.duration`);
    expect(points.map(({ unit, value }) => [unit, value])).toEqual([
      ["s", 1],
      ["s", 1],
      ["s", 1],
    ]);
  }
});

it("traces streams of requests", async () => {
  const { telemetry, sink } = await startWithSink();
  const { baseUrl } = await startPlain();
  const interceptors = [telemetryInterceptor("client")];
  const transport = createConnectTransport({ baseUrl, httpVersion: "1.1", interceptors });
  async function* requests() {
    yield {};
    yield {};
  }
  await createClient(WireService, transport).upload(requests());
  await telemetry.flush();
  expect(sink.spans.map(({ kind, status }) => [kind, status])).toEqual([
    [2, 0],
    [3, 0],
  ]);
});

it("works, and traces nothing, where telemetry is not started", async () => {
  const { baseUrl } = await startPlain();
  const interceptors = [telemetryInterceptor("client")];
  const transport = createConnectTransport({ baseUrl, httpVersion: "1.1", interceptors });
  await expect(createClient(WireService, transport).echo({})).resolves.toBeDefined();
});
