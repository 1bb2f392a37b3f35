import { AsyncLocalStorage } from "node:async_hooks";
import { ActionError, buildMiddlewareChain, type CallObserver, type Middleware } from "botwire";
import { describe, expect, it } from "vitest";
import { callOf, errorOf, notes, streamOf } from "./fixtures.ts";
import { quietPipeline } from "./quiet.ts";

/** Notes what it is told, and where code runs: `call > middleware a > handler echo`. */
function recordingObserver(wants: (kind: string) => boolean = () => true) {
  const place = new AsyncLocalStorage<string>();
  const told: string[] = [];
  const inside = (name: string) => {
    const path = [place.getStore(), name].filter((part) => part !== undefined).join(" > ");
    return { run: <T>(work: () => T) => place.run(path, work) };
  };
  const observer: CallObserver = {
    begin(start) {
      told.push(`begin ${start.door}${start.traceIsOpen ? ", trace open" : ""}`);
      return {
        ...inside("call"),
        settled: () => void told.push(`settled ${start.traceId.slice(0, 2)}`),
        routed: ({ action }) => void told.push(`routed ${action?.name}`),
        part(kind, name) {
          const label = `${kind} ${name}`;
          told.push(label);
          return wants(kind)
            ? {
                ...inside(label),
                end: (error) =>
                  void told.push(
                    `/${label}${error instanceof ActionError ? ` ${error.code}` : ""}`,
                  ),
              }
            : undefined;
        },
        ended: (_, { error, messages }) => void told.push(`ended ${error?.code ?? messages}`),
      };
    },
  };
  return { observer, told, place: () => place.getStore() };
}

describe("an observer", () => {
  it("sees the parts of a call, and they run inside of it", async () => {
    const { observer, told, place } = recordingObserver();
    const places: (string | undefined)[] = [];
    const audit: Middleware = async (_, next) => {
      places.push(place());
      return next();
    };
    const { pipeline } = quietPipeline({
      observer,
      middleware: [buildMiddlewareChain(() => [audit])],
      hooks: [{ onResponseCommit: () => void places.push(place()) }],
      actions: [
        notes({
          async echo(request) {
            await null;
            places.push(place());
            return request;
          },
        }),
      ],
    });
    await pipeline.invoke(callOf());
    expect(told).toEqual([
      "begin test",
      "routed echo",
      "middleware ",
      "middleware audit",
      "validate test.v1.Note",
      "/validate test.v1.Note",
      "handler echo",
      "/handler echo",
      "/middleware audit",
      "/middleware ",
      "ended 1",
    ]);
    expect(places).toEqual([
      "call > middleware  > middleware audit",
      "call > middleware  > middleware audit > handler echo",
      "call",
    ]);
  });

  it("is told what a part failed with, and of calls that reach no action", async () => {
    const { observer, told } = recordingObserver();
    const { pipeline } = quietPipeline({ observer });
    expect(errorOf(await pipeline.invoke(callOf({ request: { text: "bad" } }))).code).toBe(
      "invalid_argument",
    );
    await pipeline.invoke(callOf({ action: "nothing" }));
    expect(told).toEqual([
      "begin test",
      "routed echo",
      "validate test.v1.Note",
      "/validate test.v1.Note invalid_argument",
      "ended invalid_argument",
      "begin test",
      "ended not_found",
    ]);
  });

  it.each([true, false])("has the handler of a stream inside of it (parts: %s)", async (wanted) => {
    const { observer, told, place } = recordingObserver(() => wanted);
    const places = new Set<string | undefined>();
    const { pipeline } = quietPipeline({
      observer,
      actions: [
        notes({
          async *repeat() {
            for (let i = 0; i < 2; i++) {
              places.add(place());
              yield {};
            }
            places.add(place());
          },
        }),
      ],
    });
    const stream = streamOf(await pipeline.invoke(callOf({ action: "repeat" })));
    for (let step = await stream.next(); step.done !== true; step = await stream.next()) {
      expect(told).not.toContain("/handler repeat");
    }
    expect([...places]).toEqual([wanted ? "call > handler repeat" : "call"]);
    expect(told.slice(-2)).toEqual([wanted ? "/handler repeat" : "handler repeat", "ended 2"]);
  });

  it("ends the part of a stream that nobody wants any more, or that fails", async () => {
    const { observer, told } = recordingObserver();
    const { pipeline } = quietPipeline({
      observer,
      actions: [
        notes({
          async *repeat({ count }) {
            yield {};
            if (count > 0) {
              throw new ActionError("aborted", "enough");
            }
            yield {};
          },
        }),
      ],
    });
    const left = streamOf(await pipeline.invoke(callOf({ action: "repeat" })));
    await left.next();
    await left.return?.();
    expect(told.slice(-2)).toEqual(["/handler repeat", "ended canceled"]);
    const failed = streamOf(
      await pipeline.invoke(callOf({ action: "repeat", request: { count: 1 } })),
    );
    await failed.next();
    await expect(failed.next()).rejects.toThrow("enough");
    expect(told.slice(-2)).toEqual(["/handler repeat aborted", "ended aborted"]);
  });

  it("is told when the trace is final: after the hooks that may write it, or the route", async () => {
    const { observer, told } = recordingObserver();
    const hooks = [{ onRequestStart: (context: { traceId: string }) => setTrace(context) }];
    const { pipeline } = quietPipeline({ observer, hooks });
    await pipeline.invoke(callOf());
    expect(told.slice(0, 3)).toEqual(["begin test, trace open", "settled aa", "routed echo"]);

    const routed = recordingObserver();
    const late = quietPipeline({ observer: routed.observer });
    await late.pipeline.invoke(
      callOf({
        traceFromRoute: true,
        route: () => ({
          action: "echo",
          identity: { traceId: "bb".repeat(16) },
          decode: () => ({ text: "", count: 0 }),
        }),
      }),
    );
    expect(routed.told.slice(0, 3)).toEqual([
      "begin test, trace open",
      "settled bb",
      "routed echo",
    ]);
  });
});

function setTrace(context: { traceId: string }): void {
  context.traceId = "aa".repeat(16);
}
