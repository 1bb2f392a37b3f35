import { request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import { describe, expect, it } from "vitest";
import { noteBot } from "../webhook/note-bot.ts";
import { openDoors, post, start } from "./start.ts";

const long = { text: "早安 ".repeat(500) };

/** A bare call: no client decodes its answer. */
function call(url: string, body: object, headers: Record<string, string> = {}) {
  return new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>(
    (resolve, reject) => {
      const sent = request(
        `${url}/actions/echo`,
        { method: "POST", headers: { "content-type": "application/json", ...headers } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () =>
            resolve({ headers: response.headers, body: Buffer.concat(chunks) }),
          );
        },
      );
      sent.on("error", reject);
      sent.end(JSON.stringify(body));
    },
  );
}

describe("a server that compresses", () => {
  it.each([
    ["gzip", "gzip"],
    ["gzip, deflate, br", "br"],
    ["br;q=0.1, GZIP;q=0.9", "gzip"],
    ["*", "br"],
    ["*;q=0.5, br;q=0", "gzip"],
    ["zstd, deflate", undefined],
    ["gzip;q=0", undefined],
    ["gzip;q=nonsense", undefined],
    ["identity", undefined],
    [undefined, undefined],
  ])("answers accept-encoding %j with %j", async (accepted, coding) => {
    const { url } = await start({ compression: true });
    const { headers, body } = await call(
      url,
      long,
      accepted === undefined ? {} : { "accept-encoding": accepted },
    );
    expect(headers["content-encoding"]).toBe(coding);
    expect(headers["vary"]).toBe("accept-encoding");
    expect(headers["content-length"]).toBe(String(body.length));
    const plain =
      coding === "br" ? brotliDecompressSync(body) : coding === "gzip" ? gunzipSync(body) : body;
    expect(JSON.parse(plain.toString())).toEqual(long);
    expect(body.length < 200).toBe(coding !== undefined);
  });

  it("leaves short answers and streams as they are", async () => {
    const { url } = await start({ compression: { minBytes: 2000 } });
    const { headers } = await call(url, { text: "a".repeat(1900) }, { "accept-encoding": "gzip" });
    expect(headers["content-encoding"]).toBeUndefined();
    const stream = await post(
      `${url}/actions/repeat`,
      { ...long, note_count: 3 },
      { accept: "text/event-stream", "accept-encoding": "gzip" },
    );
    expect(stream.headers.get("content-encoding")).toBeNull();
    expect((await stream.text()).length).toBeGreaterThan(2000);
  });

  it("does it only when it is told to", async () => {
    const { url } = await start();
    const { headers } = await call(url, long, { "accept-encoding": "gzip" });
    expect([headers["content-encoding"], headers["vary"]]).toEqual([undefined, undefined]);
  });

  it("says together with CORS by what answers differ", async () => {
    const cors = { origins: ["https://a.example"] };
    const { url } = await start({ compression: true, cors });
    const headers = { origin: "https://a.example", "accept-encoding": "gzip" };
    const answer = await call(url, long, headers);
    expect(answer.headers["vary"]).toBe("origin, accept-encoding");
  });

  it("refuses a limit that is none", async () => {
    await expect(start({ compression: { minBytes: -1 } })).rejects.toThrow(
      "compression: minBytes must be an integer of 0 or more, not -1",
    );
  });

  it("may be one of the Fetch API", async () => {
    const handler = createFetchHandler({
      actions: [noteBot()],
      doors: openDoors,
      log: silentLogger,
      compression: true,
    });
    const response = await handler(
      new Request("https://bot.example/actions/echo", {
        method: "POST",
        headers: { "content-type": "application/json", "accept-encoding": "br, gzip" },
        body: JSON.stringify(long),
      }),
    );
    expect(response.headers.get("content-encoding")).toBe("gzip");
    const plain = gunzipSync(await response.arrayBuffer());
    expect(JSON.parse(plain.toString())).toEqual(long);
  });
});
