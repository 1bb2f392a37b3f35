import { resolve } from "node:path";
import type { BenchLine, Effort } from "../harness.ts";
import { type Comparison, compareLoads, type LoadSubject } from "../load/compare-loads.ts";
import { requireLoadTools } from "../load/placement.ts";
import { startServer } from "../load/server-process.ts";
import { generate } from "../webhook/generate.ts";
import { isAnswer, signedRequest } from "../webhook/inputs.ts";
import type { SinkCounts } from "./sink.ts";

const without = "without telemetry";

/** The span of a call, and those of its validation and its handler. */
const spansPerCall = 3;

/** What callbacks keep of their rate. */
const cases = [
  { name: "nothing configured", mode: "unconfigured", ratio: "", target: 0.95 },
  { name: "all signals, 10 % sampled", mode: "on", ratio: "0.1", target: 0.7 },
  { name: "all signals, fully sampled", mode: "on", ratio: "1", target: 0.35 },
] as const;

/** Measures what telemetry costs callbacks: `off` is a server that knows nothing of it. */
export async function* run(effort: Effort): AsyncIterable<BenchLine> {
  requireLoadTools();
  const module = generate().telemetry;
  yield* measure(module, effort, "silent");
  yield* measure(module, effort, "lines");
}

async function* measure(
  module: string,
  { rounds, turnMs }: Effort,
  lines: Lines,
): AsyncIterable<BenchLine> {
  await using sink = await startServer(resolve("bench/telemetry/sink.ts"), [], "free");
  const url = `http://127.0.0.1:${sink.port}`;
  const subject = (name: string, args: readonly string[]): LoadSubject => ({
    name,
    module,
    args,
    request: () => signedRequest("/coze_callback"),
    isRight: isAnswer,
  });
  const subjects = cases.map(({ name, mode, ratio }) =>
    subject(name, [mode, ratio === "" ? "" : `${url}/${ratio}`, ratio, lines]),
  );
  const compared = await compareLoads([subject(without, ["off", "", "", lines]), ...subjects], {
    connections: 64,
    seconds: Math.max(1, Math.round((turnMs * 24) / 1000)),
    rounds: Math.ceil(rounds / 3),
    placement: "same",
  });
  const counts: Readonly<Record<string, SinkCounts>> = await (await fetch(url)).json();
  yield* rates(compared, lines);
  yield* arrivals(counts["1"], lines);
}

const titles = {
  silent: "callbacks, 64 connections, one core",
  lines: "the same, each writes a log line",
};

type Lines = keyof typeof titles;

function* rates(compared: Comparison, lines: Lines): Iterable<BenchLine> {
  const line = { suite: "telemetry", case: titles[lines], unit: "requests/s" };
  yield { ...line, metric: without, value: compared.of.get(without)?.rate ?? Number.NaN };
  for (const { name, target } of cases) {
    yield {
      ...line,
      metric: `${name}, work`,
      value: compared.of.get(name)?.cpuMicros ?? Number.NaN,
      unit: "us/request",
      against: without,
      ratio: compared.ratio("cpuMicros", name, without),
    };
    const ratio = compared.ratio("rate", name, without);
    yield {
      ...line,
      metric: name,
      value: compared.of.get(name)?.rate ?? Number.NaN,
      against: without,
      ratio,
      // What a line costs depends on where it goes: it is told, not judged.
      ...(lines === "silent" ? { target: `>= ${target}x`, met: ratio >= target } : {}),
    };
  }
}

/** What did not come of what a fully sampled server has made. */
function* arrivals(counts: SinkCounts | undefined, lines: Lines): Iterable<BenchLine> {
  const { calls = 0, spans = 0, logs = 0, metrics = 0 } = counts ?? {};
  const line = { suite: "telemetry", case: titles[lines], unit: "" };
  const dropped = calls * spansPerCall - spans;
  yield { ...line, metric: "spans sent", value: spans };
  yield {
    ...line,
    metric: "spans dropped",
    value: dropped,
    target: "0",
    met: calls > 0 && dropped === 0 && metrics > 0,
  };
  if (lines === "lines") {
    yield { ...line, metric: "log records sent", value: logs };
  }
}
