import { parse } from "@bufbuild/cel";
import type { CelProblem } from "./cel-problem.ts";

type Parsed = ReturnType<typeof parse>;

/** A node of the syntax tree that `parse` gives; macros are expanded in it. */
export type Expr = Parsed["expr"];

/** A parsed expression. */
export interface Syntax {
  readonly expr: Expr;
  /** Where a node is in the source, in UTF-16 units. */
  offset(expr: Expr): number;
  /** The name of the macro that a comprehension was expanded from. */
  macro(expr: Expr): string | undefined;
}

/** Parses an expression, or says where it goes wrong. */
export function parseExpression(source: string): Syntax | CelProblem {
  let parsed: Parsed;
  try {
    parsed = parse(source);
  } catch (error) {
    return syntaxProblem(source, error instanceof Error ? error.message : String(error));
  }
  const { sourceInfo } = parsed;
  return {
    expr: parsed.expr,
    offset: ({ id }) => sourceInfo?.positions[id.toString()] ?? 0,
    macro({ id }) {
      const call = sourceInfo?.macroCalls[id.toString()]?.exprKind;
      return call?.case === "callExpr" ? call.value.function : undefined;
    },
  };
}

/** The parser's message begins with the place: `<input>:1:4: found . but expecting ...`. */
function syntaxProblem(source: string, text: string): CelProblem {
  const match = /^(?:syntax error: )?<input>:(\d+):(\d+): ([\s\S]*)$/.exec(text);
  if (match === null) {
    return { message: `not a CEL expression: ${text}`, offset: 0 };
  }
  const [, line, column, problem = ""] = match;
  const lines = source.split("\n").slice(0, Number(line) - 1);
  const start = lines.reduce((sum, { length }) => sum + length + 1, 0);
  return { message: `not a CEL expression: ${problem}`, offset: start + Number(column) - 1 };
}
