import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Finished, run } from "./command.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

// buf curl is connect-go: it comes with npm, so that this suite never skips.

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer("examples/almanac/server.ts");
});
afterAll(() => server[Symbol.asyncDispose]());

function bufCurl(path: string, ...args: string[]): Promise<Finished> {
  return run("node_modules/.bin/buf", ["curl", ...args, server.url + path]);
}

/** Reads the JSON documents that follow each other in a text. */
function documents(text: string): unknown[] {
  return text
    .split(/(?<=^\})\n/m)
    .filter((part) => part.trim() !== "")
    .map((part) => JSON.parse(part));
}

describe.each(["connect", "grpc", "grpcweb"])("buf curl over %s", (protocol) => {
  const call = (method: string, message: object, ...args: string[]) =>
    bufCurl(
      `/almanac.v1.AlmanacService/${method}`,
      "--protocol",
      protocol,
      "-d",
      JSON.stringify(message),
      ...args,
    );

  test("calls a unary method", async () => {
    const { stdout, status } = await call("GetLocalTime", {
      timeZone: "Asia/Shanghai",
      at: "2026-02-17T00:30:00Z",
    });
    expect(documents(stdout)).toEqual([
      { time: "2026-02-17T08:30:00+08:00", utcOffset: "28800s", weekday: "WEEKDAY_TUESDAY" },
    ]);
    expect(status).toBe(0);
  });

  test("reads a stream", async () => {
    const { stdout, status } = await call("Countdown", { from: 2, interval: "0.001s" });
    expect(documents(stdout)).toEqual([{ remaining: 2 }, { remaining: 1 }, {}]);
    expect(status).toBe(0);
  });

  test("gets code, message and violations of an invalid request", async () => {
    const { stderr, status } = await call("GetSunTimes", {
      place: { latitude: 91 },
      date: "21 June",
    });
    // The status is gRPC's code, shifted by three bits.
    expect(status).toBe(3 << 3);
    expect(JSON.parse(stderr)).toMatchObject({
      code: "invalid_argument",
      details: [
        {
          type: "buf.validate.Violations",
          debug: {
            violations: [{ ruleId: "double.gte_lte" }, { ruleId: "string.pattern" }],
          },
        },
      ],
    });
  });

  test("calls actions by name", async () => {
    const request = { action: "get_chinese_date", params: { date: "2026-02-17" } };
    const path = "/bot.action.v1.ActionService/Execute";
    const data = JSON.stringify(request);
    const { stdout } = await bufCurl(path, "--protocol", protocol, "-d", data);
    const [response] = documents(stdout);
    expect(response).toMatchObject({ success: true, payloadType: "application/json" });
    expect(payloadOf(response)).toMatchObject({ text: "丙午年正月初一" });
  });
});

describe("server reflection", () => {
  test.each(["grpc-v1", "grpc-v1alpha"])("%s lists all methods", async (version) => {
    const { stdout } = await bufCurl("", "--list-methods", "--reflect-protocol", version);
    expect(stdout.trim().split("\n")).toEqual(
      expect.arrayContaining([
        "almanac.v1.AlmanacService/Countdown",
        "almanac.v1.AlmanacService/GetChineseDate",
        "almanac.v1.AlmanacService/GetForecast",
        "almanac.v1.AlmanacService/GetLocalTime",
        "almanac.v1.AlmanacService/GetSunTimes",
        "bot.action.v1.ActionService/Execute",
        "bot.action.v1.ActionService/ExecuteStream",
        "grpc.health.v1.Health/Check",
      ]),
    );
  });
});

function payloadOf(response: unknown): unknown {
  if (typeof response !== "object" || response === null || !("payload" in response)) {
    throw new Error(`no payload in ${JSON.stringify(response)}`);
  }
  return JSON.parse(Buffer.from(String(response.payload), "base64").toString());
}
