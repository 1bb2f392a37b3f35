import type { ActionContract } from "../action/contract.ts";
import { ActionError } from "../action/error.ts";
import { fromJson } from "../codec/from-json.ts";
import { isRecord, type JsonRecord } from "../http/json-body.ts";
import { clientError } from "./client-error.ts";
import { failureError } from "./failure.ts";

/**
 * Reads what the callback door answers, one message of it: a
 * `bot.coze.v1.CallbackResponse`. Throws an `ActionError` if it is a failure,
 * or nothing that the door answers.
 *
 * @param otherwise what is thrown for the latter
 */
export function readCallbackAnswer<I, O>(
  { output }: ActionContract<I, O>,
  text: string,
  otherwise: (detail: string) => ActionError,
): O {
  const answer = parseAnswer(text);
  if (answer === undefined) {
    throw otherwise("no JSON object");
  }
  const { data, error, trace_id: trace } = answer;
  if (isRecord(error)) {
    const traceId = typeof trace === "string" ? trace : undefined;
    throw clientError(failureError(readFailure(error)), traceId);
  }
  if (answer["status"] !== "success") {
    throw otherwise(`status ${JSON.stringify(answer["status"])}`);
  }
  try {
    // A server may know fields that were added since this client was generated.
    return fromJson(output, data, { unknownFields: "ignore" });
  } catch (cause) {
    throw new ActionError("internal", `the answer is no ${output.typeName}`, { cause });
  }
}

function parseAnswer(text: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readFailure(error: JsonRecord) {
  const { code, message, violations } = error;
  return {
    code: textOf(code),
    message: textOf(message),
    violations: (Array.isArray(violations) ? violations : []).filter(isRecord).map((violation) => ({
      field: textOf(violation["field"]),
      rule: textOf(violation["rule"]),
      message: textOf(violation["message"]),
      forKey: violation["for_key"] === true,
    })),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
