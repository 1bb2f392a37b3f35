import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { output } from "./command.ts";
import { type ServerProcess, startServer } from "./server-process.ts";
import { curl, describeWith, openssl } from "./tools.ts";

const secret = "s3cret, with spaces and ünïcode";
const apiKey = "key-for-the-plugin";

const json = ["-H", "content-type: application/json"] as const;
const key = ["-H", `authorization: Bearer ${apiKey}`] as const;

await describeWith([curl, openssl], "curl on the platform doors", () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer("examples/almanac/server.ts", {
      COZE_WEBHOOK_SECRET: secret,
      TOOL_API_KEY: apiKey,
    });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** Posts a body and returns status and JSON answer. */
  async function post(path: string, body: string, ...args: string[]) {
    const text = await output(
      "curl",
      ["-sS", "-w", "\n%{http_code} %{http_version}", "-d", "@-", ...args, server.url + path],
      { input: body },
    );
    const [, answer = "", status, version] = /^(.*)\n(\d+) (\S+)$/s.exec(text) ?? [];
    return { status: Number(status), version, answer: JSON.parse(answer) as unknown };
  }

  /** The headers of a callback that is signed by openssl. */
  async function signed(body: string, { time = Date.now() / 1000, by = secret } = {}) {
    const timestamp = String(Math.floor(time));
    const digest = await output("openssl", ["dgst", "-sha256", "-hmac", by, "-r"], {
      input: `${timestamp}.${body}`,
    });
    const signature = digest.split(" ")[0];
    return ["-H", `x-coze-timestamp: ${timestamp}`, "-H", `x-coze-signature: ${signature}`];
  }

  const callback = JSON.stringify({
    bot_id: "bot",
    user_id: "user",
    action: "get_chinese_date",
    parameters: { date: "2026-02-17" },
  });
  const newYear = {
    cyclical_year: "丙午",
    zodiac: "Horse",
    month: 1,
    day: 1,
    text: "丙午年正月初一",
  };

  describe.each([
    ["HTTP/1.1", "1.1", []],
    ["HTTP/2 by prior knowledge", "2", ["--http2-prior-knowledge"]],
  ])("over %s", (_name, version, http) => {
    test("a signed callback is answered", async () => {
      const headers = await signed(callback);
      const result = await post("/coze_callback", callback, ...http, ...json, ...headers);
      expect(result).toEqual({
        status: 200,
        version,
        answer: {
          status: "success",
          data: expect.objectContaining(newYear),
          trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      });
    });

    test("a callback with another body, secret or time is refused", async () => {
      const refused = {
        status: 401,
        answer: { status: "error", error: { code: "unauthenticated" } },
      };
      const headers = await signed(callback);
      const other = await signed(callback, { by: "another" });
      const old = await signed(callback, { time: Date.now() / 1000 - 301 });
      for (const [body, ...more] of [
        [`${callback} `, ...headers],
        [callback, ...other],
        [callback, ...old],
        [callback],
      ] as const) {
        expect(await post("/coze_callback", body, ...http, ...json, ...more)).toMatchObject(
          refused,
        );
      }
    });

    test("a tool call is answered with the bare response", async () => {
      const body = '{"time_zone":"Asia/Shanghai","at":"2026-02-17T00:30:00Z"}';
      expect(await post("/actions/get_local_time", body, ...http, ...json, ...key)).toEqual({
        status: 200,
        version,
        answer: {
          time: "2026-02-17T08:30:00+08:00",
          utc_offset: "28800s",
          weekday: "WEEKDAY_TUESDAY",
        },
      });
    });

    test("a tool call without the key is refused", async () => {
      for (const headers of [[], ["-H", "authorization: Bearer wrong"]]) {
        const result = await post("/actions/get_local_time", "{}", ...http, ...json, ...headers);
        expect(result).toMatchObject({
          status: 401,
          answer: { error: { code: "unauthenticated" } },
        });
      }
    });

    test("an invalid request is an answer that lists every violation", async () => {
      const body = '{"place":{"latitude":91},"date":"21 June"}';
      const result = await post("/actions/get_sun_times", body, ...http, ...json, ...key);
      expect(result).toMatchObject({
        status: 200,
        answer: {
          error: {
            code: "invalid_argument",
            violations: [
              { field: "place.latitude", rule: "double.gte_lte" },
              { field: "date", rule: "string.pattern" },
            ],
          },
        },
      });
    });

    test("a stream is answered in the packets of a streaming plugin, as its document says", async () => {
      const text = await output("curl", [
        ...["-sS", "-N", "-d", '{"from":2,"interval":"0.001s"}', ...http, ...json, ...key],
        `${server.url}/actions/countdown`,
      ]);
      const packets = text.trimEnd().split("\n\n");
      const data = packets.map((packet) =>
        JSON.parse(packet.replace(/^id: .*\nevent: message\ndata: /, "")),
      );
      expect(data).toMatchObject([
        { content: '{"remaining":2}', is_finish: false },
        { content: '{"remaining":1}', is_finish: false },
        { content: '{"remaining":0}', is_finish: true },
      ]);
    });

    test("a path, an action or a method that is not there is said so", async () => {
      const nowhere = await post("/nowhere", "{}", ...http, ...json);
      expect(nowhere.status).toBe(404);
      const unknown = await post("/actions/get_locl_time", "{}", ...http, ...json, ...key);
      expect(unknown).toMatchObject({ status: 404, answer: { error: { code: "not_found" } } });
      const get = await post("/coze_callback", "", ...http, "-X", "GET");
      expect(get.status).toBe(405);
    });

    test("probes are answered", async () => {
      for (const path of ["/livez", "/readyz"]) {
        const status = await output("curl", [
          ...["-sS", "-o", "/dev/null", "-w", "%{http_code}", ...http],
          server.url + path,
        ]);
        expect(status).toBe("200");
      }
    });
  });
});
