import type { CallContext } from "../action/context.ts";

/**
 * Names a caller as well as it is known: by bot and user. The parts cannot run
 * into each other, whatever is in them.
 */
export function callerKey({ botId, userId }: CallContext): string {
  return JSON.stringify([botId, userId]);
}
