import type { Code } from "../action/code.ts";
import { ActionError } from "../action/error.ts";

/** A call that is refused for a reason of HTTP, with a status of its own. */
export class Refusal extends ActionError {
  readonly status: RefusalStatus;

  /** @param headers what the answer carries beside the usual headers, by lower-case name */
  constructor(status: RefusalStatus, message: string, headers?: Readonly<Record<string, string>>) {
    super(
      codeByStatus[status],
      message,
      headers === undefined ? {} : { metadata: new Map(Object.entries(headers)) },
    );
    this.status = status;
  }
}

const codeByStatus = {
  400: "invalid_argument",
  401: "unauthenticated",
  404: "not_found",
  405: "unimplemented",
  413: "resource_exhausted",
  415: "invalid_argument",
} as const satisfies Record<number, Code>;

/** The statuses with which a door refuses calls before it knows what they are. */
export type RefusalStatus = keyof typeof codeByStatus;
