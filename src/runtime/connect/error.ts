import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import { DurationSchema, durationFromMs, durationMs } from "@bufbuild/protobuf/wkt";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { ConnectError } from "@connectrpc/connect";
import { codes } from "../action/code.ts";
import { ActionError } from "../action/error.ts";
import { retryAfterHeader, writeRetryAfter } from "../http/retry-after.ts";
import { setHeaders } from "../http/set-headers.ts";
import { fromViolationsMessage, toViolationsMessage } from "./violations.ts";

/** Name of the detail that says when to try again. See https://google.aip.dev/194. */
const RETRY_INFO = "google.rpc.RetryInfo";

/**
 * How many bytes of violations an error of gRPC carries: it goes in the trailers,
 * in base64, and many clients refuse trailers of more than 8 KiB altogether.
 */
const trailerBytes = 4096;

/**
 * An error of an action as Connect sends it: violations as a detail
 * `buf.validate.Violations`, the time to try again as `google.rpc.RetryInfo`
 * and, in whole seconds, as header `retry-after`.
 *
 * @param protocolName `connect`, `grpc` or `grpc-web`, as in Connect's `HandlerContext`
 */
export function toConnectError(error: ActionError, protocolName = "connect"): ConnectError {
  const metadata = new Headers();
  setHeaders(metadata, error.metadata);
  if (error.retryAfterMs !== undefined) {
    metadata.set(retryAfterHeader, writeRetryAfter(error.retryAfterMs));
  }
  const result = new ConnectError(
    error.message,
    // Connect numbers the codes in the order of the specification, from one.
    codes.indexOf(error.code) + 1,
    metadata,
    outgoingDetails(error, protocolName === "grpc" ? trailerBytes : Number.POSITIVE_INFINITY),
    error,
  );
  result.details.push(...encodedDetails(error));
  return result;
}

function outgoingDetails(error: ActionError, maxBytes: number): OutgoingDetail[] {
  // A handler that threw a ConnectError may have given it details to encode.
  const given = error.cause instanceof ConnectError ? error.cause.details : [];
  const details = given.filter((detail) => "desc" in detail);
  if (error.violations.length === 0) {
    return details;
  }
  return [
    ...details.filter(({ desc }) => desc.typeName !== ViolationsSchema.typeName),
    { desc: ViolationsSchema, value: toViolationsMessage(error.violations, maxBytes) },
  ];
}

type Detail = ConnectError["details"][number];
type OutgoingDetail = Extract<Detail, { desc: unknown }>;
type IncomingDetail = Exclude<Detail, OutgoingDetail>;

function encodedDetails(error: ActionError): IncomingDetail[] {
  const details = error.details.map(({ typeName, value }) => ({ type: typeName, value }));
  if (error.retryAfterMs !== undefined && !details.some(({ type }) => type === RETRY_INFO)) {
    details.push({ type: RETRY_INFO, value: encodeRetryInfo(error.retryAfterMs) });
  }
  return details;
}

/** What a caller gets for an error that Connect received. */
export function fromConnectError(reason: unknown): ActionError {
  const error = ConnectError.from(reason);
  // Details that are not encoded stay on the cause, where toConnectError() finds them.
  const details = error.details.flatMap((detail) =>
    "desc" in detail ? [] : [{ typeName: detail.type, value: detail.value }],
  );
  return new ActionError(codes[error.code - 1] ?? "unknown", error.rawMessage, {
    violations: error.findDetails(ViolationsSchema).flatMap(fromViolationsMessage),
    details: details.filter(({ typeName }) => typeName !== ViolationsSchema.typeName),
    retryAfterMs: retryAfter(details),
    metadata: new Map(error.metadata),
    cause: error,
  });
}

function retryAfter(details: readonly { typeName: string; value: Uint8Array }[]) {
  const info = details.find(({ typeName }) => typeName === RETRY_INFO);
  return info && decodeRetryInfo(info.value);
}

/** `message RetryInfo { google.protobuf.Duration retry_delay = 1; }` */
function encodeRetryInfo(delayMs: number): Uint8Array {
  const delay = toBinary(DurationSchema, durationFromMs(Math.ceil(delayMs)));
  return new BinaryWriter().uint32(10).bytes(delay).finish();
}

function decodeRetryInfo(value: Uint8Array): number | undefined {
  try {
    const reader = new BinaryReader(value);
    while (reader.pos < reader.len) {
      const [field, wireType] = reader.tag();
      if (field === 1) {
        return durationMs(fromBinary(DurationSchema, reader.bytes()));
      }
      reader.skip(wireType, field);
    }
  } catch {
    // A detail that cannot be read tells nothing.
  }
  return undefined;
}
