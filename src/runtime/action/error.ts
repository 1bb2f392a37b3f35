import type { Violation } from "../validate/violation.ts";
import type { Code } from "./code.ts";

/**
 * How an action fails: a code, a message for the caller, and what else the
 * caller can use. Each door has its own form for it.
 *
 * Handlers and middleware throw it. The message is shown to callers, so it
 * holds nothing that they must not see; what is for the log goes to `cause`.
 */
export class ActionError extends Error {
  override readonly name = "ActionError";
  readonly code: Code;
  /** Every problem of the request, if the request was invalid. */
  readonly violations: readonly FieldViolation[];
  /** Protobuf messages for callers that understand them. */
  readonly details: readonly ErrorDetail[];
  /** When a repetition may succeed, in milliseconds from now, if that is known. */
  readonly retryAfterMs: number | undefined;
  /** Headers for the doors that have any, by lower-case name. */
  readonly metadata: ReadonlyMap<string, string>;

  constructor(code: Code, message: string, options: ActionErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.violations = options.violations ?? [];
    this.details = options.details ?? [];
    this.retryAfterMs = options.retryAfterMs;
    this.metadata = options.metadata ?? noMetadata;
  }
}

const noMetadata: ReadonlyMap<string, string> = new Map();

/** What an error may carry beside its code and message. */
export interface ActionErrorOptions {
  readonly violations?: readonly FieldViolation[] | undefined;
  readonly details?: readonly ErrorDetail[] | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly metadata?: ReadonlyMap<string, string> | undefined;
  /** What led to the error. It is logged, and never shown to a caller. */
  readonly cause?: unknown;
}

/** One problem of a request. */
export interface FieldViolation {
  /** The path of the field, for example `attendees[3].email`; empty for the whole message. */
  readonly field: string;
  /** The id of the rule, for example `string.email`; `json` if the value could not be read. */
  readonly rule: string;
  /** What the rule asks for, for people. */
  readonly message: string;
  /** True if the problem is a map's key, not its value. */
  readonly forKey: boolean;
  /** All that the validator knows about it, if a validator found it. */
  readonly violation?: Violation | undefined;
}

/** A Protobuf message that is attached to an error, as `google.protobuf.Any` has it. */
export interface ErrorDetail {
  /** Full name of the message, for example `google.rpc.RetryInfo`. */
  readonly typeName: string;
  /** The message in the binary encoding. */
  readonly value: Uint8Array;
}
