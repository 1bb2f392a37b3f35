import type { ApiSession } from "./call-api.ts";
import { type CozeCaller, callerIds } from "./caller.ts";
import { type Chats, createChats } from "./chats.ts";
import { type Conversations, createConversations } from "./conversations.ts";
import { createKnowledge, type Knowledge } from "./knowledge.ts";
import { bindSdk, type SdkClass, type SdkClient } from "./sdk.ts";
import { createUsers, type Users } from "./users.ts";
import { createVariables, type Variables } from "./variables.ts";
import { createWorkflows, type Workflows } from "./workflows.ts";

/**
 * The platform's API, as one call sees it: `context.coze`. Ids that are left
 * out are those of the call, its deadline and signal hold for everything that
 * it asks of the platform, and failures are `ActionError`s whose cause is a
 * `CozeApiError`.
 */
export interface CozeClient {
  readonly variables: Variables;
  readonly conversations: Conversations;
  readonly users: Users;
  readonly workflows: Workflows;
  readonly chats: Chats;
  readonly knowledge: Knowledge;

  /**
   * The official SDK for all the rest, its calls sent as the others are: give it
   * the class `CozeAPI` of `@coze/api`.
   *
   * ```ts
   * const api = context.coze.sdk(CozeAPI);
   * await api.bots.retrieveNew(context.botId);
   * ```
   */
  sdk<T extends SdkClient>(CozeAPI: SdkClass<T>): T;
}

/** The client of one call. */
export function createClient(
  session: ApiSession,
  caller: CozeCaller,
  trustCallers: boolean,
): CozeClient {
  const ids = callerIds(caller, trustCallers);
  return Object.freeze({
    variables: createVariables(session, ids),
    conversations: createConversations(session, ids),
    users: createUsers(session),
    workflows: createWorkflows(session, ids),
    chats: createChats(session, ids),
    knowledge: createKnowledge(session),
    sdk: <T extends SdkClient>(CozeAPI: SdkClass<T>) => bindSdk(CozeAPI, session),
  });
}
