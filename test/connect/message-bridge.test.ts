import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { implement, silentLogger } from "botwire";
import { connectDoor } from "botwire/connect";
import { createFetchHandler } from "botwire/fetch";
import { describe, expect, it } from "vitest";
import { WireService } from "./generated/actions/wire/v1/wire.connect.ts";
import { EchoRequest, EchoResponse } from "./generated/types/wire/v1/wire.ts";
import { wireHandlers } from "./wire-handlers.ts";

const handler = createFetchHandler({
  actions: [implement(WireService, wireHandlers())],
  doors: [connectDoor()],
  log: silentLogger,
});

/** A field of a message, by its number. */
const field = (number: number, bytes: Uint8Array) =>
  new BinaryWriter().tag(number, 2).bytes(bytes).finish();
const text = (number: number, value: string) => field(number, new TextEncoder().encode(value));
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** `Everything` whose `by_name` has an entry of that key. */
const byName = (key: string) => field(13, join(text(1, key), text(2, "value")));

async function echo(everything: Uint8Array): Promise<Response> {
  return handler(
    new Request("https://bot.example.com/wire.v1.WireService/Echo", {
      method: "POST",
      headers: { "content-type": "application/proto" },
      body: new Uint8Array(field(1, everything)),
    }),
  );
}

const entry = new BinaryWriter().tag(1, 0).int64(7).finish();

describe("a map key that ts-proto would take for the prototype", () => {
  it.each([
    ["in the message", byName("__proto__")],
    ["in a child", field(10, byName("__proto__"))],
    ["in a list", field(12, join(byName("a"), byName("__proto__")))],
    ["in a map", field(14, join(entry, field(2, byName("__proto__"))))],
    ["in a oneof", field(18, byName("__proto__"))],
  ])("is refused %s", async (_, everything) => {
    const response = await echo(everything);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: "invalid_argument",
      message:
        'field wire.v1.Everything.by_name: the key "__proto__" cannot be held by the messages of this program',
    });
  });

  it("is none where it is not a key", async () => {
    const everything = join(
      text(1, "__proto__"),
      byName("constructor"),
      field(14, join(entry, field(2, text(1, "nested")))),
    );
    const response = await echo(everything);
    expect(response.status).toBe(200);
    const { everything: echoed } = EchoResponse.decode(
      new Uint8Array(await response.arrayBuffer()),
    );
    expect(echoed).toEqual(EchoRequest.decode(field(1, everything)).everything);
    expect(echoed?.byName).toEqual({ constructor: "value" });
  });
});
