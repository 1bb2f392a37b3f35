import type { BenchLine, Effort } from "../harness.ts";
import { compareLoads } from "../load/compare-loads.ts";
import type { ServerModules } from "./generate.ts";
import { botwire, connect, rawEcho, subjectsOf } from "./subjects.ts";

const connections = 64;
const targets = { raw: 0.6, connect: 5 };

/** How many callbacks a second a server answers that is never without one. */
export async function* measureThroughput(
  modules: ServerModules,
  { rounds, turnMs }: Effort,
): AsyncIterable<BenchLine> {
  const subjects = Object.values(subjectsOf(modules, []));
  const compared = await compareLoads(subjects, {
    connections,
    seconds: Math.max(1, Math.round((turnMs * 16) / 1000)),
    rounds: Math.ceil((rounds * 3) / 5),
    placement: "same",
  });
  const line = { suite: "webhook", case: `callbacks, ${connections} connections, one core` };
  for (const [name, { rate, cpuMicros, errors }] of compared.of) {
    const ratio = compared.ratio("rate", name, rawEcho);
    const judged =
      name === botwire ? { target: `>= ${targets.raw}x`, met: ratio >= targets.raw } : {};
    yield {
      ...line,
      metric: name,
      value: rate,
      unit: "requests/s",
      against: rawEcho,
      ratio,
      ...judged,
    };
    yield {
      ...line,
      metric: `${name}, work`,
      value: cpuMicros,
      unit: "us/request",
      against: rawEcho,
      ratio: compared.ratio("cpuMicros", name, rawEcho),
    };
    yield {
      ...line,
      metric: `${name}, errors`,
      value: errors,
      unit: "",
      target: "0",
      met: errors === 0,
    };
  }
  const ratio = compared.ratio("rate", botwire, connect);
  yield {
    ...line,
    metric: botwire,
    value: compared.of.get(botwire)?.rate ?? Number.NaN,
    unit: "requests/s",
    against: connect,
    ratio,
    target: `>= ${targets.connect}x`,
    met: ratio >= targets.connect,
  };
}
