import { ActionError, type FieldViolation } from "../action/error.ts";
import type { Middleware } from "../action/middleware.ts";
import { toActionError } from "../action/to-action-error.ts";
import type { Messages } from "./messages.ts";

/** What it takes of messages, whatever their keys. */
type Texts = Pick<Messages<string>, "language" | "find">;

/**
 * Says in the caller's language what is wrong with a request: the text of each
 * broken rule is looked up by the rule's id, such as `string.email` or an id of
 * your own, with the parameters `{field}` and `{message}` (what the contract
 * says). Rules without a text keep the contract's. Successful answers get the
 * header `content-language`.
 */
export function localize(messages: Texts): Middleware {
  return async function localize(context, next) {
    const { locale } = context;
    try {
      const response = await next();
      context.responseHeaders.set("content-language", messages.language(locale));
      return response;
    } catch (reason) {
      const error = toActionError(reason);
      throw error.violations.length === 0 ? reason : localized(error, locale, messages);
    }
  };
}

function localized(error: ActionError, locale: string, messages: Texts): ActionError {
  const violations = error.violations.map((violation) => {
    const { field, rule, message } = violation;
    const text = messages.find(locale, rule, { field, message });
    return text === undefined ? violation : { ...violation, message: text };
  });
  const { details, retryAfterMs, metadata, code } = error;
  return new ActionError(code, summary(violations), {
    violations,
    details,
    retryAfterMs,
    metadata,
    cause: error,
  });
}

/** The first problem, and how many more there are, without words of any language. */
function summary(violations: readonly FieldViolation[]): string {
  const [{ field, message } = { field: "", message: "" }, ...more] = violations;
  const first = field === "" ? message : `${field}: ${message}`;
  return more.length === 0 ? first : `${first} (+${more.length})`;
}
