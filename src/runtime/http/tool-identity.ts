import type { Identity } from "../action/context.ts";
import type { HeaderReader } from "../action/headers.ts";

/**
 * What the headers of a plugin call say about the caller. They are not signed:
 * whoever can call can also write them.
 */
export function toolIdentity(headers: HeaderReader): Partial<Identity> {
  return readHeaders(headers, identityHeaders);
}

/** What Coze says of a plugin call beside the identity that every context has. */
export interface ToolCaller {
  /** Coze's own id of the call in its logs, which its support asks for. */
  readonly logId: string;
  /** The plugin that is called. */
  readonly pluginId: string;
  /** The account that is billed. */
  readonly accountId: string;
  /** The user, by an id that is the same in all of a developer's enterprise. */
  readonly openId: string;
  /** The user's id on Coze; only for users of the plugin owner's own enterprise. */
  readonly uid: string;
  /** Where the user is, in degrees, as text. */
  readonly latitude: string;
  readonly longitude: string;
}

/**
 * What Coze says of a plugin call, empty where it says nothing. It is not
 * proven by itself: trust it where `context.authenticated` is true.
 */
export function toolCaller({ headers }: { readonly headers: HeaderReader }): ToolCaller {
  return {
    logId: "",
    pluginId: "",
    accountId: "",
    openId: "",
    uid: "",
    latitude: "",
    longitude: "",
    ...readHeaders(headers, callerHeaders),
  };
}

function readHeaders<K extends string>(
  headers: HeaderReader,
  names: readonly (readonly [K, string])[],
): { [F in K]?: string } {
  const found: { [F in K]?: string } = {};
  for (const [field, header] of names) {
    const value = headers.get(header);
    if (value !== undefined) {
      found[field] = value;
    }
  }
  return found;
}

/** The connector identifier is the `user_id` that the chat was started with. */
const identityHeaders = [
  ["botId", "x-aiplugin-bot-id"],
  ["userId", "x-aiplugin-connector-identifier"],
  ["conversationId", "x-aiplugin-conversation-id"],
  ["connectorId", "x-aiplugin-connector-id"],
] as const satisfies readonly (readonly [keyof Identity, string])[];

const callerHeaders = [
  ["logId", "x-tt-logid"],
  ["pluginId", "x-aiplugin-id"],
  ["accountId", "x-aiplugin-account-id"],
  ["openId", "x-aiplugin-openid"],
  ["uid", "x-aiplugin-uid"],
  ["latitude", "latitude"],
  ["longitude", "longitude"],
] as const satisfies readonly (readonly [keyof ToolCaller, string])[];
