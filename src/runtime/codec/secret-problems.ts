import { camelCase } from "./camel-case.ts";
import type { Problem } from "./problem.ts";
import type { SecretField, Secrets } from "./secrets.ts";

/** Problems without anything that quotes a secret: a value, a key, or the name of a field below. */
export function redactProblems(
  secrets: Secrets | undefined,
  problems: readonly Problem[],
): readonly Problem[] {
  return secrets === undefined
    ? problems
    : problems.map((problem) => redactProblem(secrets, problem));
}

function redactProblem(secrets: Secrets, problem: Problem): Problem {
  const { path } = problem;
  let below: Secrets | undefined = secrets;
  for (let at = 0; at < path.length && below !== undefined; ) {
    const step = readStep(path, at);
    const field: SecretField | undefined = below.find(
      ({ name, json = camelCase(name) }) => step?.name === name || step?.name === json,
    );
    if (step === undefined || field === undefined) {
      return problem;
    }
    if (field.message === undefined) {
      return { path: path.slice(0, step.end), message: withoutValue(problem.message) };
    }
    // Elements and entries come in brackets; after those of a list comes a name.
    const next = readStep(path, step.end);
    const isSubscript = field.map === true || /^\[\d/.test(path.slice(step.end));
    at = isSubscript && next !== undefined ? next.end : step.end;
    below = field.message().secrets;
  }
  return problem;
}

/** One step of a path: `name`, `.name`, `[3]` or `["any name"]`. */
const stepPattern = /\.?([A-Za-z_$][\w$]*)|\[(\d+|"(?:[^"\\]|\\.)*")\]/y;

function readStep(path: string, at: number): { name: string; end: number } | undefined {
  stepPattern.lastIndex = at;
  const [step, plain, bracketed] = stepPattern.exec(path) ?? [];
  if (step === undefined) {
    return undefined;
  }
  const name = plain ?? String(JSON.parse(bracketed ?? '""'));
  return { name, end: at + step.length };
}

/** What is asked for, but not what there is. */
function withoutValue(message: string): string {
  return /^expected [\w .]+(?=, got |$)/.exec(message)?.[0] ?? "is not valid";
}

/** What is wrong with a JSON text, without the piece of it that V8 quotes. */
export function syntaxProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s, "");
}
