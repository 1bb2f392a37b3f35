import { buildMiddlewareChain } from "botwire";
import { compact } from "botwire/middleware";
import { describe, expect, it } from "vitest";
import { callOf, messageOf, notes, streamOf } from "../action/fixtures.ts";
import { quietPipeline } from "../action/quiet.ts";
import { post, start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";

/** What is left of a message. The pipeline of the test lets any shape pass. */
async function compacted(message: object, options: Parameters<typeof compact>[0]) {
  const { pipeline } = quietPipeline({
    middleware: [
      async (context, next) => {
        const response = await compact(options)(context, next);
        kept = response.kind === "unary" ? response.message : undefined;
        return { kind: "unary", message: {} };
      },
      async () => ({ kind: "unary", message }),
    ],
  });
  let kept: unknown;
  messageOf(await pipeline.invoke(callOf()));
  return kept;
}

const forecast = {
  place: "San José",
  hours: Array.from({ length: 24 }, (_, hour) => ({ hour, wind: 3, notes: ["a", "b", "c"] })),
  image: Uint8Array.of(1, 2, 3),
  ids: new Map([[1n, "one"]]),
  labels: JSON.parse('{"__proto__": "kept", "a": "b"}'),
  total: 5n,
  choice: { $case: "text", value: "long text" },
};

describe("compact", () => {
  it("shortens lists, to 10 by default, and changes nothing that the handler has", async () => {
    const before = structuredClone(forecast);
    expect(await compacted(forecast, {})).toEqual({
      ...forecast,
      hours: forecast.hours.slice(0, 10),
    });
    expect(await compacted(forecast, { maxItems: 2 })).toMatchObject({
      hours: [
        { hour: 0, notes: ["a", "b"] },
        { hour: 1, notes: ["a", "b"] },
      ],
    });
    expect(forecast).toEqual(before);
  });

  it("leaves named fields out, those of list elements too", async () => {
    const drop = ["hours.wind", "hours.notes", "image"];
    expect(await compacted(forecast, { drop, maxItems: 1 })).toEqual({
      place: forecast.place,
      hours: [{ hour: 0 }],
      ids: forecast.ids,
      labels: forecast.labels,
      total: 5n,
      choice: forecast.choice,
    });
  });

  it("cuts named texts between characters as people see them", async () => {
    const family = "👨‍👩‍👧";
    const text = async (value: string, length: number) =>
      compacted({ place: value }, { maxLengths: { place: length } });
    expect(await text("San José", 8)).toEqual({ place: "San José" });
    expect(await text("San José", 5)).toEqual({ place: "San …" });
    expect(await text(`a${family}b${family}`, 4)).toEqual({ place: `a${family}b${family}` });
    expect(await text(`a${family}b${family}`, 3)).toEqual({ place: `a${family}…` });
    expect(await text("abc", 1)).toEqual({ place: "…" });
  });

  it("makes the messages of streams smaller", async () => {
    const { pipeline } = quietPipeline({
      actions: [
        notes({
          *repeat() {
            yield { text: "abc" };
            yield { text: "abcdef" };
          },
        }),
      ],
      middleware: [compact({ maxLengths: { text: 3 } })],
    });
    const stream = streamOf(await pipeline.invoke(callOf({ action: "repeat" })));
    const seen: unknown[] = [];
    for (let step = await stream.next(); !step.done; step = await stream.next()) {
      seen.push(step.value);
    }
    expect(seen).toEqual([
      { text: "abc", count: 0 },
      { text: "ab…", count: 0 },
    ]);
  });

  it("is for those callers that the chain says", async () => {
    const small = compact({ maxLengths: { text: 2 } });
    const middleware = [
      buildMiddlewareChain(({ deviceClass }) => [deviceClass === "mobile" ? small : null]),
    ];
    const { url } = await start({ bot: noteBot(), middleware });
    const answer = async (device: string) =>
      (await post(`${url}/actions/echo`, { text: "abc" }, { "x-device-class": device })).json();
    expect(await answer("mobile")).toEqual({ text: "a…" });
    expect(await answer("desktop")).toEqual({ text: "abc" });
  });

  it.each([
    [{ maxItems: 0 }, "compact: maxItems must be an integer of 1 or more, not 0"],
    [
      { maxLengths: { "a.b": 0.5 } },
      'compact: maxLengths["a.b"] must be an integer of 1 or more, not 0.5',
    ],
  ])("refuses the options %j", (options, message) => {
    expect(() => compact(options)).toThrow(message);
  });
});
