import type { ContextKey } from "../action/context-key.ts";
import { ActionError } from "../action/error.ts";
import type { Logger } from "../action/logger.ts";

/** Who calls, and until when an answer is of use: what a context says, or part of it. */
export interface CozeCaller {
  /** Whether the door checked a secret, so that the ids can be believed. */
  readonly authenticated?: boolean | undefined;
  readonly botId?: string | undefined;
  readonly userId?: string | undefined;
  readonly conversationId?: string | undefined;
  readonly connectorId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of calls of the platform that fail; the platform's own if left out. */
  readonly log?: Logger | undefined;
  /** A streaming action's deadline holds for its first message only. */
  readonly action?: { readonly kind: string } | undefined;
  /** Typed attributes, for a function that looks up what a bot has of its own. */
  get?<T>(key: ContextKey<T>): T;
}

/** The ids that a call brings with it. */
export type CallerId = "botId" | "userId" | "conversationId" | "connectorId";

/** Finds out which ids a call of the platform is about. */
export interface CallerIds {
  /** The given id, or the caller's. Fails if there is none, or nobody proved it. */
  need(id: CallerId, given?: string): string;
  /** The given id, or the caller's; undefined where `need` would find none. */
  find(id: CallerId, given?: string): string | undefined;
}

/**
 * The ids of a caller. Those of a call that proves nothing are not taken, since
 * anyone could read what belongs to others by naming them.
 */
export function callerIds(caller: CozeCaller, trustCallers: boolean): CallerIds {
  const believed = trustCallers || caller.authenticated === true;
  const find = (id: CallerId, given = "") => {
    const found = given !== "" ? given : (believed && caller[id]) || "";
    return found === "" ? undefined : found;
  };
  return {
    find,
    need(id, given) {
      const found = find(id, given);
      if (found !== undefined) {
        return found;
      }
      throw believed || !caller[id]
        ? new ActionError("failed_precondition", `the call does not say its ${names[id]}`, {
            cause: new Error(`give ${id}: it is neither in the call nor among the arguments`),
          })
        : unproved(names[id], id);
    },
  };
}

/** The error of a call whose word is not taken. */
export function unproved(name: string, id: string): ActionError {
  return new ActionError("permission_denied", `the call does not prove its ${name}`, {
    cause: new Error(
      `the door checked no secret, so ${id} may be anyone's: give it as an argument, or say trustCallers: true if something in front of the server checks callers`,
    ),
  });
}

const names: Readonly<Record<CallerId, string>> = {
  botId: "bot",
  userId: "user",
  conversationId: "conversation",
  connectorId: "channel",
};
