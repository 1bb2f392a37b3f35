import { ActionError } from "../action/error.ts";
import { type ErrorKind, kindOfFailure } from "./error-kinds.ts";
import { redact } from "./redact.ts";

/**
 * What the platform answered to a call that it refused: the cause of the
 * `ActionError`, for logs. It never holds a token.
 */
export class CozeApiError extends Error {
  override readonly name = "CozeApiError";
  /** The call, for example `GET /v1/variables`. */
  readonly operation: string;
  /** The status of the answer; 200 is no success if the code is not 0. */
  readonly status: number;
  /**
   * The platform's code, https://docs.coze.cn/developer_guides/coze_error_codes;
   * that of OAuth, such as `invalid_grant`, as it is; undefined if the answer had none.
   */
  readonly code: number | string | undefined;
  /** What the platform says about it. */
  readonly platformMessage: string;
  /** What the platform's support asks for; empty if the answer had none. */
  readonly logId: string;

  constructor(operation: string, answer: RefusedAnswer, secrets: readonly string[] = []) {
    const said = redact(answer.message, secrets);
    const logId = redact(answer.logId, secrets);
    const code = typeof answer.code === "string" ? redact(answer.code, secrets) : answer.code;
    const facts = [
      `HTTP ${answer.status}`,
      ...(code === undefined ? [] : [`code ${code}`]),
      ...(logId === "" ? [] : [`log id ${logId}`]),
    ];
    super(`${operation}: ${said === "" ? "refused" : said} (${facts.join(", ")})`);
    this.operation = operation;
    this.status = answer.status;
    this.code = code;
    this.platformMessage = said;
    this.logId = logId;
  }
}

/** The facts of an answer that is a refusal. */
export interface RefusedAnswer {
  readonly status: number;
  readonly code: number | string | undefined;
  readonly message: string;
  readonly logId: string;
}

/** A call that failed, and what can be done about it. */
export interface ApiFailure extends Pick<ErrorKind, "retry" | "refusedToken"> {
  readonly error: ActionError;
  /** The platform did not begin with the call: repeating it does nothing twice. */
  readonly untouched: boolean;
}

/** The failure that a refusal is. */
export function refusal(
  operation: string,
  answer: RefusedAnswer,
  options: {
    readonly retryAfterMs?: number | undefined;
    readonly secrets?: readonly string[];
  } = {},
): ApiFailure {
  const { retryAfterMs, secrets } = options;
  const { code, message, retry, refusedToken } = kindOfFailure(answer.status, answer.code);
  const cause = new CozeApiError(operation, answer, secrets);
  return {
    error: new ActionError(code, message, { cause, retryAfterMs }),
    retry,
    refusedToken,
    untouched: answer.status === 429 || refusedToken,
  };
}

/** What the platform answered, if an error comes from its refusal of a call. */
export function cozeErrorOf(error: unknown): CozeApiError | undefined {
  // Errors may be wrapped a few times, but not in a circle without an end.
  let reason = error;
  for (let depth = 0; depth < 8 && reason instanceof Error; depth++) {
    if (reason instanceof CozeApiError) {
      return reason;
    }
    reason = reason.cause;
  }
  return undefined;
}
