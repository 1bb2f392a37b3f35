import type { BenchLine, Effort } from "../harness.ts";
import { compareLoads } from "../load/compare-loads.ts";
import type { ServerModules } from "./generate.ts";
import { botwire, rawEcho, subjectsOf } from "./subjects.ts";

const rate = 1900;
const connections = 32;
const target = 1.4;

/** How long callbacks take that come at a fixed rate, which no server is busy with. */
export async function* measureLatency(
  modules: ServerModules,
  { rounds, turnMs }: Effort,
): AsyncIterable<BenchLine> {
  const { raw, botwire: own, connect } = subjectsOf(modules, []);
  const compared = await compareLoads([raw, own, connect], {
    connections,
    rate,
    seconds: Math.max(1, Math.round((turnMs * 32) / 1000)),
    rounds: Math.ceil(rounds / 3),
    placement: "apart",
  });
  for (const figure of ["p50Ms", "p99Ms"] as const) {
    for (const [name, measured] of compared.of) {
      const ratio = compared.ratio(figure, name, rawEcho);
      const judged =
        name === botwire && figure === "p99Ms"
          ? { target: `<= ${target}x`, met: ratio <= target }
          : {};
      yield {
        suite: "webhook",
        case: `${figure === "p50Ms" ? "p50" : "p99"} at ${rate} requests/s`,
        metric: name,
        value: measured[figure],
        unit: "ms",
        against: rawEcho,
        ratio,
        ...judged,
      };
    }
  }
}
