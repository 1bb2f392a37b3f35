import assert from "node:assert/strict";
import { createClient } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { ActionError, type Init } from "botwire";
import { createActionClient, webhookTransport } from "botwire/client";
import { executeTransport } from "botwire/connect";
import { KeeperService } from "./generated/actions/acme/delete/v1/keeper.connect.ts";
import { ZooService } from "./generated/actions/zoo/v1/zoo.connect.ts";
import { ZooService as ZooDescriptor } from "./generated/es/zoo/v1/zoo_pb.ts";
import { Species } from "./generated/types/zoo/animal/v1/animal.ts";
import type { EchoRequest } from "./generated/types/zoo/v1/zoo.ts";

// Calls a running zoo through every door, and expects the same everywhere.

const url = process.env["URL"] ?? "";
const secret = process.env["COZE_WEBHOOK_SECRET"];
const key = process.env["TOOL_API_KEY"] ?? "";

const http1 = { baseUrl: url, httpVersion: "1.1" } as const;
const http2 = { baseUrl: url, httpVersion: "2" } as const;
const transports = {
  connect: createConnectTransport(http1),
  "connect, binary, HTTP/2": createConnectTransport({ ...http2, useBinaryFormat: true }),
  grpc: createGrpcTransport({ baseUrl: url }),
  "grpc-web": createGrpcWebTransport(http1),
  webhook: webhookTransport({ url: `${url}/coze_callback`, secret }),
  execute: executeTransport({ transport: createGrpcTransport({ baseUrl: url }) }),
};

const cat = { name: "Tom", species: Species.SPECIES_CAT };
const echo: Init<EchoRequest> = {
  text: "*/ ` \u2028 \"'",
  flag: true,
  small: -1,
  big: -(2n ** 63n),
  bigger: 2n ** 64n - 1n,
  zigzag: -(2 ** 31),
  fixed: 1n,
  single: 0.5,
  precise: 1e300,
  data: Uint8Array.of(0, 255),
  maybe: "",
  numbers: [1n, 2n],
  byName: { __proto__x: "a", constructor: "b" },
  byNumber: new Map([[-5n, { ...cat, children: [cat] }]]),
  byTruth: new Map([[true, "yes"]]),
  animal: { ...cat, cage: { number: 7n, neighbour: { number: 8n } } },
  species: Species.SPECIES_DOG,
  choice: { $case: "cage", value: { number: 9n } },
  at: { seconds: 1n, nanos: 5 },
  lasts: { seconds: -3n, nanos: -500_000_000 },
  anything: { list: [1, "two", null, { three: true }] },
  wrapped: "",
};

for (const [name, transport] of Object.entries(transports)) {
  const zoo = createActionClient(ZooService, transport);
  const keeper = createActionClient(KeeperService, transport);

  const answer = await zoo.echo(echo);
  assert.equal(answer.echo?.text, echo.text, name);
  assert.equal(answer.echo?.big, echo.big, name);
  assert.equal(answer.echo?.byNumber.get(-5n)?.children[0]?.name, "Tom", name);
  assert.deepEqual(answer.echo?.anything, echo.anything, name);
  assert.deepEqual((await zoo.echo(answer.echo ?? {})).echo, answer.echo, name);

  // TypeScript asks for what every object has, because here it is a text.
  const inherited = { constructor: "c", toString: "t", hasOwnProperty: "h" };
  const request = { ...inherited, Proto: "p", class: "short" };
  const map = { ["__proto__"]: "x" };
  // ts-proto's own binary codec, which Connect's transports use, cannot hold such a key.
  const holdsIt = name === "webhook" || name === "execute";
  const deleted = await zoo.delete(holdsIt ? { ...request, map } : request);
  assert.equal(deleted.Proto, "p", name);
  assert.equal(deleted.constructor, "c", name);
  assert.deepEqual(Object.entries(deleted.map), holdsIt ? [["__proto__", "x"]] : [], name);
  if (!holdsIt) {
    await assert.rejects(zoo.delete({ ...request, map }), fails("invalid_argument", []), name);
  }

  const times = await Array.fromAsync(zoo.await({ times: 3 }));
  assert.deepEqual(times, [{ time: 1 }, { time: 2 }, { time: 3 }], name);

  const family = { ...cat, children: [cat, { ...cat, children: [cat] }] };
  assert.equal((await keeper.feed({ animal: family })).mouths, 4, name);

  await assert.rejects(keeper.feed({}), fails("failed_precondition", []), name);
  await assert.rejects(
    zoo.delete({ ...inherited, class: "too long" }),
    fails("invalid_argument", ["class"]),
    name,
  );
  const crowd = { name: "", children: [cat, cat, cat, { name: "", species: Species.SPECIES_CAT }] };
  await assert.rejects(
    keeper.feed({ animal: crowd }),
    fails("invalid_argument", ["animal.name", "animal.children", "animal.children[3].name"]),
    name,
  );
}

function fails(code: string, fields: readonly string[]) {
  return (error: unknown) => {
    assert.ok(error instanceof ActionError);
    const found = error.violations.map(({ field }) => field).sort();
    assert.deepEqual([error.code, ...found], [code, ...[...fields].sort()]);
    return true;
  };
}

// Tool calls, as a platform makes them.
const response = await fetch(`${url}/actions/count`, {
  method: "POST",
  headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
  body: '{"objects":[{"name":"a"}],"maps":{"constructor":{"entries":[{"name":"b"}]}}}',
});
assert.deepEqual(await response.json(), {
  count: 2,
  promise: { error: { array: { values: ["kept"] } } },
});
const words = await fetch(`${url}/actions/delete`, {
  method: "POST",
  headers: { "content-type": "application/json", authorization: key },
  body: '{"__proto__":"p","constructor":"c","class":"short","map":{"__proto__":"x"}}',
});
assert.equal(
  await words.text(),
  '{"__proto__":"p","constructor":"c","class":"short","map":{"__proto__":"x"}}',
);

// The rpc that is no action.
const rpc = createClient(ZooDescriptor, createConnectTransport(http1));
assert.equal((await rpc.internal({})).text, "no action");

console.log("every door answers");
