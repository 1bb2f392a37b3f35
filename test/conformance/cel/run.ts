import { leftOut } from "./left-out.ts";
import { runSpec, type SpecOutcome } from "./run-spec.ts";

/**
 * Compiles the tests of CEL's conformance suite (@bufbuild/cel-spec) and
 * compares their values. Prints a line for each part of the suite, for each
 * test that fails, and for each reason why tests are left out.
 */
export async function runCel(
  print: (line: string) => void,
): Promise<{ passed: number; failed: number }> {
  const outcomes = await runSpec("protobuf-es");
  const failures = outcomes.flatMap(({ spec, outcome }) =>
    outcome.kind === "failed"
      ? [`${spec.name}: ${JSON.stringify(spec.test.original.expr)} ${outcome.message}`]
      : [],
  );
  const unexpected = Object.entries(leftOut).flatMap(([reason, count]) => {
    const found = countLeft(outcomes, reason);
    print(`left out: ${reason}: ${found}`);
    return found === count ? [] : [`${found} tests are left out for "${reason}", not ${count}`];
  });
  for (const section of new Set(outcomes.map(({ spec }) => spec.section))) {
    const inner = outcomes.filter(({ spec }) => spec.section === section);
    const counts = (["passed", "failed", "left"] as const).map(
      (kind) => `${inner.filter(({ outcome }) => outcome.kind === kind).length} ${kind}`,
    );
    print(`${section}: ${counts.join(", ")}`);
  }
  for (const failure of [...failures, ...unexpected]) {
    print(`FAILED ${failure}`);
  }
  const passed = outcomes.filter(({ outcome }) => outcome.kind === "passed").length;
  return { passed, failed: failures.length + unexpected.length };
}

function countLeft(outcomes: readonly SpecOutcome[], reason: string): number {
  return outcomes.filter(({ outcome }) => outcome.kind === "left" && outcome.reason === reason)
    .length;
}
