import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { ActionError } from "botwire";
import { afterEach, describe, expect, test } from "vitest";
import { getForecast } from "../../examples/almanac/forecast.ts";
import { openMeteo } from "../../examples/almanac/open-meteo.ts";

const beijing = { latitude: 39.9042, longitude: 116.4074 };
const never = new AbortController().signal;

/** What api.open-meteo.com answers to such a request, cut to two days. */
const answer = {
  latitude: 39.875,
  longitude: 116.375,
  generationtime_ms: 0.05,
  utc_offset_seconds: 28800,
  timezone: "Asia/Shanghai",
  timezone_abbreviation: "GMT+8",
  elevation: 47,
  daily_units: { time: "iso8601", weather_code: "wmo code", temperature_2m_min: "°C" },
  daily: {
    time: ["2026-06-21", "2026-06-22"],
    weather_code: [3, 95],
    temperature_2m_min: [19.4, 18],
    temperature_2m_max: [31.2, 27.5],
    precipitation_sum: [0, 12.3],
  },
};

const open: AsyncDisposable[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server[Symbol.asyncDispose]()));
});

/** Starts a weather service and returns its base URL. */
async function weatherService(
  answerWith: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answerWith);
  open.push({
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

/** Asks a service that answers with a text; returns the forecast or the error. */
async function ask(text: string, status = 200): Promise<unknown> {
  const url = await weatherService((_, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(text);
  });
  return openMeteo(url)(beijing, 2, never).catch((error: unknown) => error);
}

describe("openMeteo", () => {
  test("asks for the columns it needs and reads the days", async () => {
    const asked: (string | undefined)[] = [];
    const url = await weatherService((request, response) => {
      asked.push(request.url);
      response.end(JSON.stringify(answer));
    });
    expect(await openMeteo(url)(beijing, 2, never)).toEqual([
      {
        date: "2026-06-21",
        temperatureMin: 19.4,
        temperatureMax: 31.2,
        precipitation: 0,
        summary: "overcast",
      },
      {
        date: "2026-06-22",
        temperatureMin: 18,
        temperatureMax: 27.5,
        precipitation: 12.3,
        summary: "thunderstorm",
      },
    ]);
    expect(asked).toEqual([
      "/v1/forecast?latitude=39.9042&longitude=116.4074" +
        "&daily=weather_code%2Ctemperature_2m_min%2Ctemperature_2m_max%2Cprecipitation_sum" +
        "&forecast_days=2&timezone=auto",
    ]);
  });

  test("keeps the path of its base URL, with or without a slash at the end", async () => {
    const asked: (string | undefined)[] = [];
    const url = await weatherService((request, response) => {
      asked.push(request.url?.split("?")[0]);
      response.end(JSON.stringify(answer));
    });
    await openMeteo(`${url}/weather`)(beijing, 2, never);
    await openMeteo(`${url}/weather/`)(beijing, 2, never);
    expect(asked).toEqual(["/weather/v1/forecast", "/weather/v1/forecast"]);
  });

  test("refuses a base URL that is none when it is made", () => {
    expect(() => openMeteo("api.open-meteo.com")).toThrow("Invalid URL");
  });

  test("leaves out days without a full forecast and names unknown weather", async () => {
    const daily = {
      ...answer.daily,
      weather_code: [42, 3],
      precipitation_sum: [0, null],
    };
    expect(await ask(JSON.stringify({ daily }))).toMatchObject([
      { date: "2026-06-21", summary: "unknown weather (WMO code 42)" },
    ]);
  });

  test.each([
    ["an error", 400, '{"error":true,"reason":"Latitude must be in range"}'],
    ["a limit", 429, '{"error":true,"reason":"Daily API request limit exceeded"}'],
    ["a proxy's page", 502, "<html>Bad Gateway</html>"],
  ])("%s is unavailable and shows the status", async (_name, status, text) => {
    const error = await ask(text, status);
    expect(error).toEqual(
      new ActionError("unavailable", `the weather service answered with HTTP status ${status}`),
    );
    expect(error).toMatchObject({ cause: new Error(`HTTP status ${status}: ${text}`) });
  });

  test.each([
    ["no JSON", "<html>", "Unexpected token"],
    ["cut JSON", JSON.stringify(answer).slice(0, -2), "Expected"],
    ["nothing", "", "Unexpected end"],
    ["no object", "[]", "the answer is no object"],
    ["no table", "{}", "daily is no object"],
    ["no days", '{"daily":{}}', "daily.time is missing"],
    [
      "days that are none",
      withDaily({ time: ["tomorrow", "2026-06-22"] }),
      "daily.time is missing",
    ],
    ["a missing column", withDaily({ weather_code: undefined }), "daily.weather_code is missing"],
    ["a short column", withDaily({ weather_code: [3] }), "daily.weather_code has 1 entries for 2"],
    ["text", withDaily({ precipitation_sum: ["0", "1"] }), "daily.precipitation_sum is missing"],
    ["too big a number", withDaily({}).replace("19.4", "1e999"), "daily.temperature_2m_min"],
    ["too much", `${" ".repeat(256 * 1024)}{}`, "the answer is longer than 262144 bytes"],
  ])("%s cannot be understood", async (_name, text, cause) => {
    const error = await ask(text);
    expect(error).toEqual(
      new ActionError(
        "unavailable",
        "the weather service gave an answer that cannot be understood",
      ),
    );
    expect(error).toMatchObject({ cause: { message: expect.stringContaining(cause) } });
  });

  const unreachable = new ActionError("unavailable", "the weather service cannot be reached");

  test("a service that does not listen is unavailable", async () => {
    const url = await weatherService(() => {});
    await open.pop()?.[Symbol.asyncDispose]();
    await expect(openMeteo(url)(beijing, 2, never)).rejects.toEqual(unreachable);
  });

  test("a connection that breaks in the middle is unavailable", async () => {
    const url = await weatherService((_, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write('{"daily":', () => response.destroy());
    });
    await expect(openMeteo(url)(beijing, 2, never)).rejects.toEqual(unreachable);
  });

  test("stops waiting when the signal is aborted, with its reason", async () => {
    const abort = new AbortController();
    const url = await weatherService(() => abort.abort(new Error("out of time")));
    await expect(openMeteo(url)(beijing, 2, abort.signal)).rejects.toThrow("out of time");
  });
});

describe("getForecast", () => {
  test("asks its source for the place, with the signal of the call", async () => {
    const asked: unknown[] = [];
    const handler = getForecast(async (...parameters) => {
      asked.push(parameters);
      return [];
    });
    const context = { signal: never };
    expect(await handler({ place: beijing, days: 3 }, context)).toEqual({ days: [] });
    expect(asked).toEqual([[beijing, 3, never]]);
  });

  test("refuses a missing place", async () => {
    const handler = getForecast(async () => []);
    await expect(handler({ days: 3 }, { signal: never })).rejects.toEqual(
      new ActionError("invalid_argument", "place: value is required"),
    );
  });
});

function withDaily(change: object): string {
  return JSON.stringify({ ...answer, daily: { ...answer.daily, ...change } });
}
