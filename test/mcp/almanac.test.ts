import { mcpDoor } from "botwire/mcp";
import { describe, expect, it } from "vitest";
import { almanac } from "../../examples/almanac/almanac.ts";
import { DayForecastSchema } from "../../generated/actions/almanac/v1/almanac.ts";
import { AlmanacServiceTools } from "../../generated/spec/mcp/almanac/v1/almanac.tools.ts";
import { start } from "../server/start.ts";
import { connect, revisions, textOf } from "./connect.ts";

const forecast = DayForecastSchema.init({
  date: "2026-06-21",
  temperatureMin: -0.5,
  summary: "fog",
});
const bot = almanac(async () => [forecast]);
const doors = [mcpDoor({ tools: [AlmanacServiceTools], apiKey: "a key" })];

describe.each(revisions)("the almanac over MCP %s", (revision) => {
  const open = async () => {
    const { url } = await start({ bot, doors });
    const client = await connect(`${url}/mcp`, revision, {
      headers: { authorization: "Bearer a key" },
    });
    // From then on the client checks answers against the schemas of outputs.
    const { tools } = await client.listTools();
    return { client, tools };
  };

  it("lists every action", async () => {
    const { tools } = await open();
    expect(tools.map(({ name }) => name)).toEqual([
      "get_local_time",
      "get_chinese_date",
      "get_sun_times",
      "countdown",
      "get_forecast",
    ]);
    expect(tools[0]).toMatchObject({
      title: "Get local time",
      description: "Tell the local time in a time zone.",
      inputSchema: { required: ["time_zone"] },
      annotations: { readOnlyHint: true },
    });
  });

  it.each([
    [
      "get_local_time",
      { time_zone: "Asia/Shanghai", at: "2026-02-17T00:30:00Z" },
      {
        time: "2026-02-17T08:30:00+08:00",
        utc_offset: "28800s",
        weekday: "WEEKDAY_TUESDAY",
      },
    ],
    ["get_chinese_date", { date: "2026-02-17" }, { text: expect.stringContaining("丙午年") }],
    [
      "get_sun_times",
      { place: { latitude: 39.9, longitude: 116.4 }, date: "2026-06-21" },
      {
        sunrise: expect.stringMatching(/^2026-06-20T20:/),
      },
    ],
    [
      "countdown",
      { from: 2, interval: "0.001s" },
      {
        messages: [{ remaining: 2 }, { remaining: 1 }, { remaining: 0 }],
      },
    ],
    [
      "get_forecast",
      { place: { latitude: 1, longitude: 2 }, days: 1 },
      {
        days: [{ date: "2026-06-21", temperature_min: -0.5, summary: "fog" }],
      },
    ],
  ])("calls %s", async (name, args, answer) => {
    const { client } = await open();
    const result = await client.callTool({ name, arguments: args });
    expect(result.structuredContent).toMatchObject(answer);
    expect(JSON.parse(textOf(result))).toEqual(result.structuredContent);
  });

  it("tells a model what to correct", async () => {
    const { client } = await open();
    const result = await client.callTool({ name: "get_forecast", arguments: { days: 99 } });
    expect(result.isError).toBe(true);
    expect(JSON.parse(textOf(result))).toMatchObject({
      error: {
        code: "invalid_argument",
        violations: [
          { field: "place", rule: "required", message: "value is required" },
          { field: "days", rule: "int32.gte_lte" },
        ],
      },
    });
  });
});
