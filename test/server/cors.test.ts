import { silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import type { CorsOptions } from "botwire/node";
import { toolDoor } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { noteBot } from "../webhook/note-bot.ts";
import { start } from "./start.ts";

const doors = [toolDoor({ apiKey: "k" })];
const origin = "https://app.example.com";

/** Both platforms have to answer alike. */
const platforms = {
  async node(cors: CorsOptions | undefined) {
    const { url } = await start({ doors, ...(cors === undefined ? {} : { cors }) });
    return (init: RequestInit) => fetch(`${url}/actions/echo`, init);
  },
  async fetch(cors: CorsOptions | undefined) {
    const handler = createFetchHandler({ actions: [noteBot()], doors, cors, log: silentLogger });
    return (init: RequestInit) => handler(new Request("http://edge/actions/echo", init));
  },
};

describe.each(["node", "fetch"] as const)("CORS through %s", (platform) => {
  const serve = platforms[platform];
  const call = { method: "POST", headers: { origin, authorization: "k" } };
  const preflight = {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST" },
  };

  it("is off unless asked for", async () => {
    const send = await serve(undefined);
    expect((await send(call)).headers.has("access-control-allow-origin")).toBe(false);
    expect((await send(preflight)).status).toBe(405);
  });

  it("lets a listed origin read answers", async () => {
    const send = await serve({ origins: [origin], credentials: true });
    const { status, headers } = await send(call);
    expect(status).toBe(200);
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-allow-credentials")).toBe("true");
    expect(headers.get("access-control-expose-headers")).toBe("x-trace-id, retry-after");
    expect(headers.get("vary")).toBe("origin");
  });

  it("lets no other origin read answers", async () => {
    const send = await serve({ origins: ["https://other.example.com"] });
    const { headers } = await send(call);
    expect(headers.has("access-control-allow-origin")).toBe(false);
    expect(headers.get("vary")).toBe("origin");
  });

  it("answers a preflight with what the door takes", async () => {
    const send = await serve({ origins: "*", requestHeaders: ["x-extra"], maxAgeSeconds: 60 });
    const { status, headers } = await send(preflight);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-allow-methods")).toBe("POST");
    expect(headers.get("access-control-allow-headers")).toBe(
      "content-type, authorization, x-extra",
    );
    expect(headers.get("access-control-max-age")).toBe("60");
  });
});
