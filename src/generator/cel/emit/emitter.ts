import type { MessageModel } from "../../message-model/message-model.ts";
import type { TypedExpr } from "../typed-expr.ts";
import type { Value } from "./value.ts";

/** What the functions that print an expression share. */
export interface Emitter {
  readonly model: MessageModel;
  readonly variables: ReadonlyMap<string, Value>;
  /** Prints an expression. */
  emit(this: void, emitter: Emitter, expr: TypedExpr): Value;
}

/** An expression can't be compiled. */
export class UnsupportedError extends Error {
  override readonly name = "UnsupportedError";
  /** Where it is in the source; found on the way out of the expression. */
  offset: number | undefined;
}

/** Says that an expression can't be compiled, and what to do about it. */
export function unsupported(message: string): never {
  throw new UnsupportedError(message);
}

/** The emitter for the body of a macro. */
export function withVariables(
  emitter: Emitter,
  variables: Iterable<readonly [string, Value]>,
): Emitter {
  return { ...emitter, variables: new Map([...emitter.variables, ...variables]) };
}
