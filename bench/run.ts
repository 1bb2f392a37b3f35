// Measures what botwire claims:
//
//   npm run bench -- <suite> [--json] [--quick]
//
// Prints a table for people, or with --json one object a line, and fails if a
// target is not met.
import { globSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type BenchLine, type BenchSuite, fullEffort, quickEffort } from "./harness.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean" }, quick: { type: "boolean" } },
});
const names = globSync("bench/*/suite.ts").map((path) => path.split("/")[1] ?? "");
const [name = ""] = positionals;
if (!names.includes(name)) {
  console.error(`usage: npm run bench -- <${names.sort().join("|")}> [--json] [--quick]`);
  process.exit(2);
}
const suite: BenchSuite = await import(pathToFileURL(resolve(`bench/${name}/suite.ts`)).href);
if (!values.json) {
  console.log(`${name}, node ${process.version}`);
}
let missed = 0;
for await (const line of suite.run(values.quick ? quickEffort : fullEffort)) {
  console.log(values.json ? JSON.stringify(line) : forPeople(line));
  missed += line.met === false ? 1 : 0;
}
process.exitCode = missed === 0 ? 0 : 1;

function forPeople({ case: name, metric, value, unit, against, ratio, target, met }: BenchLine) {
  const compared = against === undefined ? "" : `${ratio?.toFixed(2)}x ${against}`;
  const goal = target === undefined ? "" : `${met ? "ok" : "MISSED"}, target ${target}`;
  const amount = `${value < 100 ? value.toPrecision(3) : Math.round(value)} ${unit}`;
  return [name.padEnd(40), metric.padEnd(11), amount.padStart(20), compared.padEnd(34), goal]
    .join("  ")
    .trimEnd();
}
