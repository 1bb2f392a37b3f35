import type { BenchLine, Effort } from "../harness.ts";
import { compareLoads } from "../load/compare-loads.ts";
import type { ServerModules } from "./generate.ts";
import { botwire, rawEcho, subjectsOf } from "./subjects.ts";

const connections = 10_000;
const waitMs = 50;
const targets = { rate: 0.6, rssMiB: 1024 };

/** What was promised for as many connections on 64 cores, of a work that is not known. */
const promised = { rate: 21_800, meanMs: 487, rssMiB: 7.9 * 1024 };

/** Ten thousand clients at once, of which each waits for its answer. */
export async function* measureConcurrency(
  modules: ServerModules,
  { rounds, turnMs }: Effort,
): AsyncIterable<BenchLine> {
  const { raw, botwire: own } = subjectsOf(modules, [String(waitMs), "cluster"]);
  const compared = await compareLoads([raw, own], {
    connections,
    seconds: Math.max(4, Math.round((turnMs * 64) / 1000)),
    rounds: Math.ceil(rounds / 5),
    placement: "free",
  });
  const line = {
    suite: "webhook",
    case: `${connections} connections, ${waitMs} ms, 2 processes`,
  };
  const figures = [...compared.of].map(([name, { rate, errors, rssMiB }]) => ({
    name,
    rate,
    errors,
    rssMiB,
    // By Little's law: percentiles of a load without pause tell of its queue.
    meanMs: (connections / rate) * 1000,
  }));
  const rows = [
    ...figures,
    { name: "promised elsewhere, 64 cores", errors: undefined, ...promised },
  ];
  for (const { name, rate, meanMs, rssMiB, errors } of rows) {
    const own = name === botwire;
    const ratio = compared.of.has(name) ? compared.ratio("rate", name, rawEcho) : undefined;
    yield {
      ...line,
      metric: name,
      value: rate,
      unit: "requests/s",
      ...(ratio === undefined ? {} : { against: rawEcho, ratio }),
      ...(own && ratio !== undefined
        ? { target: `>= ${targets.rate}x`, met: ratio >= targets.rate }
        : {}),
    };
    yield { ...line, metric: `${name}, mean`, value: meanMs, unit: "ms" };
    yield {
      ...line,
      metric: `${name}, memory`,
      value: rssMiB,
      unit: "MiB",
      ...(own ? { target: `<= ${targets.rssMiB}`, met: rssMiB <= targets.rssMiB } : {}),
    };
    if (errors !== undefined) {
      const judged = own ? { target: "0", met: errors === 0 } : {};
      yield { ...line, metric: `${name}, errors`, value: errors, unit: "", ...judged };
    }
  }
}
