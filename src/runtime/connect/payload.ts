import { type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type ActionFailureSchema,
  PayloadFormat,
} from "../../../generated/es/bot/action/v1/action_pb.ts";
import type { AnyAction } from "../action/contract.ts";
import type { ActionError } from "../action/error.ts";
import { toJsonBytes } from "../codec/to-json.ts";
import type { ConnectMethod } from "./contract.ts";

/** A response message in the form that a caller of the envelope asked for. */
export interface Payload {
  readonly payload: Uint8Array;
  readonly payloadType: string;
}

/** The media types of payloads. */
export const payloadTypes = { json: "application/json", binary: "application/protobuf" } as const;

/** Writes the response messages of the given methods as payloads. */
export function createPayloadWriter(
  methods: Iterable<ConnectMethod>,
): (action: AnyAction, message: unknown, accept: PayloadFormat) => Payload {
  const byAction = new Map(Array.from(methods, (method) => [method.action, method]));
  return (action, message, accept) => {
    const connect = byAction.get(action);
    if (accept === PayloadFormat.BINARY && connect !== undefined) {
      const { method, output } = connect;
      return {
        payload: toBinary(method.output, output.toConnect(message)),
        payloadType: payloadTypes.binary,
      };
    }
    return { payload: toJsonBytes(action.output, message), payloadType: payloadTypes.json };
  };
}

/** An error in the form of the envelope. */
export function actionFailure({
  code,
  message,
  violations,
}: ActionError): MessageInitShape<typeof ActionFailureSchema> {
  return {
    code,
    message,
    violations: violations.map(({ field, rule, message, forKey }) => ({
      field,
      rule,
      message,
      forKey,
    })),
  };
}
