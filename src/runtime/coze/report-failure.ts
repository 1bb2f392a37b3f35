import type { ActionError } from "../action/error.ts";
import type { Logger } from "../action/logger.ts";
import { cozeErrorOf } from "./api-error.ts";
import { type ApiRequest, operationOf } from "./api-request.ts";

/**
 * Writes down that a call of the platform has failed, with what the platform's
 * support asks for. (Of most failures of an action nobody but its caller would
 * ever hear.) Gives the error back, to be thrown.
 */
export function reported(log: Logger, request: ApiRequest, error: ActionError): ActionError {
  if (error.code !== "canceled") {
    const said = cozeErrorOf(error);
    log.warn("a call of the bot platform failed", {
      operation: operationOf(request),
      code: error.code,
      ...(said === undefined
        ? { reason: error.cause instanceof Error ? error.cause.message : error.message }
        : {
            status: said.status,
            platform_code: said.code,
            platform_message: said.platformMessage,
            platform_log_id: said.logId,
          }),
    });
  }
  return error;
}
