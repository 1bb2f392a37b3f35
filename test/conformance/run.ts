import { runMcp } from "../mcp/conformance/run.ts";
import { runCel } from "./cel/run.ts";
import { runProtovalidate } from "./protovalidate/run.ts";

/** Runs a conformance suite, printing a line for each part of it and for each case that fails. */
type Suite = (print: (line: string) => void) => Promise<{ passed: number; failed: number }>;

const suites: Readonly<Record<string, Suite>> = {
  cel: runCel,
  mcp: runMcp,
  protovalidate: runProtovalidate,
};

const [name = ""] = process.argv.slice(2);
const suite = Object.hasOwn(suites, name) ? suites[name] : undefined;
if (suite === undefined) {
  console.error(`usage: npm run conformance -- <${Object.keys(suites).join("|")}>`);
  process.exitCode = 2;
} else {
  const { passed, failed } = await suite((line) => console.log(line));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
