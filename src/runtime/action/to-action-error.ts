import { CodecError } from "../codec/codec-error.ts";
import { codes } from "./code.ts";
import { ActionError, type ErrorDetail } from "./error.ts";

/**
 * Turns whatever was thrown into an `ActionError`:
 *
 * - an `ActionError` stays as it is;
 * - a `ConnectError` keeps its code, message, details and, unless it came from
 *   another server, its metadata;
 * - a `CodecError` is `invalid_argument` with one violation for each problem;
 * - an `AbortError` is `canceled`, a `TimeoutError` is `deadline_exceeded`;
 * - everything else is `internal`, with a message that tells nothing.
 *
 * What was thrown is the cause of the result. It never throws itself.
 */
export function toActionError(reason: unknown): ActionError {
  if (reason instanceof ActionError) {
    return reason;
  }
  try {
    return (
      fromConnectError(reason) ?? fromCodecError(reason) ?? fromAbort(reason) ?? internal(reason)
    );
  } catch {
    // A hostile object may throw from a getter.
    return internal(reason);
  }
}

/**
 * Turns what a handler threw into an `ActionError`: as `toActionError`, but for
 * a handler that cannot read or write some message, its caller is not to blame.
 */
export function toHandlerError(reason: unknown): ActionError {
  return reason instanceof CodecError ? internal(reason) : toActionError(reason);
}

function internal(cause: unknown): ActionError {
  return new ActionError("internal", "internal error", { cause });
}

function fromAbort(reason: unknown): ActionError | undefined {
  switch (isNamed(reason) ? reason.name : undefined) {
    case "AbortError":
      return new ActionError("canceled", "the call was canceled", { cause: reason });
    case "TimeoutError":
      return new ActionError("deadline_exceeded", "the call took too long", { cause: reason });
    default:
      return undefined;
  }
}

/** The shape of Connect's `ConnectError`, told by name so that nothing loads Connect. */
interface ConnectErrorLike {
  readonly name: "ConnectError";
  /** A number of Connect's enum `Code`, whose order is that of `codes`. */
  readonly code: number;
  readonly rawMessage: string;
  readonly details: readonly unknown[];
  readonly metadata: Iterable<[string, string]>;
  readonly isWireError?: boolean;
}

function isConnectError(reason: unknown): reason is ConnectErrorLike {
  return (
    isNamed(reason) &&
    reason.name === "ConnectError" &&
    "code" in reason &&
    typeof reason.code === "number" &&
    "rawMessage" in reason &&
    typeof reason.rawMessage === "string" &&
    "details" in reason &&
    Array.isArray(reason.details) &&
    "metadata" in reason &&
    typeof reason.metadata === "object"
  );
}

function fromConnectError(reason: unknown): ActionError | undefined {
  if (!isConnectError(reason)) {
    return undefined;
  }
  return new ActionError(codes[reason.code - 1] ?? "unknown", reason.rawMessage, {
    // Details that are not encoded yet stay on the cause, where the Connect door finds them.
    details: reason.details.filter(isEncodedDetail).map(({ type, value }) => ({
      typeName: type,
      value,
    })),
    // Connect, too, keeps the headers of another server to itself.
    metadata: reason.isWireError === true ? undefined : new Map(reason.metadata),
    cause: reason,
  });
}

function isEncodedDetail(
  detail: unknown,
): detail is { type: ErrorDetail["typeName"]; value: Uint8Array } {
  return (
    typeof detail === "object" &&
    detail !== null &&
    "type" in detail &&
    typeof detail.type === "string" &&
    "value" in detail &&
    detail.value instanceof Uint8Array
  );
}

function fromCodecError(reason: unknown): ActionError | undefined {
  if (!(reason instanceof CodecError)) {
    return undefined;
  }
  return new ActionError("invalid_argument", reason.message, {
    violations: reason.problems.map(({ path, message }) => ({
      field: path,
      rule: "json",
      message,
      forKey: false,
    })),
    cause: reason,
  });
}

function isNamed(reason: unknown): reason is { name: unknown } {
  return typeof reason === "object" && reason !== null && "name" in reason;
}
