import { ActionError } from "../action/error.ts";

/** Why the content of a field does not pass. */
export type FieldProblem =
  | { readonly kind: "infected"; readonly field: string }
  | { readonly kind: "limit"; readonly field: string; readonly limit: string };

/** How a call fails whose request does not pass. It names the fields, and nothing that is in them. */
export function refusedRequest(problems: readonly FieldProblem[]): ActionError {
  const byField = new Map(problems.map((problem) => [problem.field, problem]));
  const violations = [...byField.values()].map((problem) => ({
    field: problem.field,
    ...ruleOf(problem),
    forKey: false,
  }));
  const message = violations.map((violation) => `${violation.field}: ${violation.message}`);
  return new ActionError("invalid_argument", message.join("; "), { violations });
}

/** How a call fails whose answer does not pass: the caller can't help it. */
export function infectedAnswer(problems: readonly FieldProblem[]): ActionError {
  const fields = [...new Set(problems.map(({ field }) => field))];
  return new ActionError("internal", "the answer was held back, because of its content", {
    cause: new Error(`content of the answer did not pass the scanner: ${fields.join(", ")}`),
  });
}

function ruleOf(problem: FieldProblem): { readonly rule: string; readonly message: string } {
  return problem.kind === "infected"
    ? { rule: "scan.infected", message: "content was found to be malicious" }
    : {
        rule: "scan.limit",
        message: `content can't be scanned, because it goes beyond ${problem.limit}`,
      };
}
