import { ActionError, type Middleware } from "botwire";
import { createActionClient, webhookTransport } from "botwire/client";
import {
  type CallbackDoorOptions,
  callbackDoor,
  larkSignature,
  type ReplayStore,
  standardWebhooksSignature,
} from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { webCrypto } from "../../src/runtime/http/web-crypto.ts";
import { createSigner } from "../../src/runtime/security/signer.ts";
import { post, start } from "../server/start.ts";
import { EchoService } from "./echo-service.ts";
import { echoBot } from "./note-bot.ts";
import { signCallback } from "./sign-callback.ts";

const secret = "s3cret";

/** Sends callbacks, signed, to a door of its own. */
async function caller(options: Partial<CallbackDoorOptions> = {}, middleware: Middleware[] = []) {
  const doors = [callbackDoor({ secret, ...options })];
  const { url } = await start({ bot: echoBot(), doors, middleware });
  return {
    url: `${url}/coze_callback`,
    call: (envelope: object, seconds?: number) => {
      const body = JSON.stringify(envelope);
      return post(`${url}/coze_callback`, body, signCallback(body, secret, seconds));
    },
  };
}

describe("a signed callback that comes again", () => {
  it("is refused by its event_id, however it is signed", async () => {
    const { call } = await caller();
    const now = Math.floor(Date.now() / 1000);
    expect((await call({ event_id: "e1" }, now)).status).toBe(200);
    for (const seconds of [now, now + 1]) {
      const replayed = await call({ event_id: "e1" }, seconds);
      expect(replayed.status).toBe(401);
      expect(await replayed.json()).toEqual({
        status: "error",
        error: {
          code: "unauthenticated",
          message: 'a call with the event_id "e1" came before',
          violations: [],
        },
        trace_id: expect.any(String),
      });
    }
    expect((await call({ eventId: "e2" })).status).toBe(200);
  });

  it("is refused while the first is still at work", async () => {
    const { call } = await caller();
    const statuses = await Promise.all(
      Array.from({ length: 10 }, async () => (await call({ event_id: "e1" })).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(9);
  });

  it("is answered if the first was turned away before it ran", async () => {
    let turnAway = true;
    const { call } = await caller({}, [
      (_, next) => (turnAway ? Promise.reject(new ActionError("unavailable", "busy")) : next()),
    ]);
    expect((await call({ event_id: "e1" })).status).toBe(503);
    turnAway = false;
    expect((await call({ event_id: "e1" })).status).toBe(200);
    expect((await call({ event_id: "e1" })).status).toBe(401);
  });

  it("is answered if the first turned out to be no JSON", async () => {
    const { call, url } = await caller();
    for (const body of ['{"event_id":"e1","parameters":{"text":}}', '{"event_id":"e1"']) {
      expect((await post(url, body, signCallback(body, secret))).status).toBe(400);
    }
    expect((await call({ event_id: "e1" })).status).toBe(200);
    expect((await call({ event_id: "e1" })).status).toBe(401);
  });

  it("is let pass if it carries nothing to tell it by, or the door is told so", async () => {
    const { call } = await caller();
    expect([(await call({})).status, (await call({})).status]).toEqual([200, 200]);
    const careless = await caller({ replay: false });
    const statuses = [
      (await careless.call({ event_id: "e" })).status,
      (await careless.call({ event_id: "e" })).status,
    ];
    expect(statuses).toEqual([200, 200]);
  });

  it("is refused by its signature where the door is told so", async () => {
    const { call, url } = await caller({ replay: { bySignature: true } });
    const body = "{}";
    const headers = signCallback(body, secret);
    expect((await post(url, body, headers)).status).toBe(200);
    const shouted = {
      ...headers,
      "x-coze-signature": headers["x-coze-signature"]?.toUpperCase() ?? "",
    };
    expect((await post(url, body, shouted)).status).toBe(401);
    expect((await call({}, Math.floor(Date.now() / 1000) + 1)).status).toBe(200);
  });

  it("is remembered no longer than its signature is good", async () => {
    const { call } = await caller({ replay: { ttlSeconds: 0.05 } });
    expect((await call({ event_id: "e1" })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect((await call({ event_id: "e1" })).status).toBe(200);
  });

  it("is remembered as long as its signature may be good", async () => {
    const times: number[] = [];
    const store: ReplayStore = {
      claim(_key, ttlMs) {
        times.push(ttlMs);
        return { fresh: true, settle() {}, release() {} };
      },
    };
    const { call } = await caller({ replay: { store } });
    expect((await call({ event_id: "e1" })).status).toBe(200);
    // From 300 s before the second of its timestamp to 300 s after the end of that.
    expect(times).toEqual([601_000]);
  });

  it("is not remembered if nobody signed it, or its id is too long", async () => {
    const { call, url } = await caller();
    const body = '{"event_id":"e1"}';
    expect((await post(url, body, signCallback(body, "guess"))).status).toBe(401);
    expect((await call({ event_id: "e1" })).status).toBe(200);
    const long = await call({ event_id: "x".repeat(201) });
    expect(long.status).toBe(400);
  });

  it.each([
    ["nonce", "x-lark-request-nonce", larkSignature, "key"],
    ["id", "webhook-id", standardWebhooksSignature, `whsec_${btoa("0123456789abcdef")}`],
  ])("is refused by the %s of its scheme", async (kind, header, signature, key) => {
    const { url } = await caller({ signature, secret: key });
    const body = new TextEncoder().encode("{}");
    const sign = createSigner("test", signature, key, webCrypto);
    const headers: Record<string, string> = Object.fromEntries(await sign(body));
    expect((await post(url, body, headers)).status).toBe(200);
    const replayed = await post(url, body, headers);
    expect(replayed.status).toBe(401);
    expect(await replayed.json()).toMatchObject({
      error: { message: `a call with the ${kind} ${JSON.stringify(headers[header])} came before` },
    });
    expect((await post(url, body, Object.fromEntries(await sign(body)))).status).toBe(200);
  });
});

describe("webhookTransport()", () => {
  it("signs by the scheme of its door, and never twice the same call", async () => {
    const key = `whsec_${btoa("0123456789abcdef")}`;
    const both = [
      { signature: standardWebhooksSignature, secret: key },
      { signature: larkSignature, secret: "key" },
      { secret: "s" },
    ];
    for (const options of both) {
      const { url } = await caller(options);
      const client = createActionClient(EchoService, webhookTransport({ url, ...options }));
      for (const text of ["早安", "早安"]) {
        expect((await client.echo({ text })).text).toBe(text);
      }
    }
  });

  it("takes the event_id that it is given", async () => {
    const { url } = await caller();
    const transport = webhookTransport({ url, secret, eventId: () => "one" });
    const client = createActionClient(EchoService, transport);
    expect((await client.echo({ text: "a" })).text).toBe("a");
    await expect(client.echo({ text: "a" })).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
