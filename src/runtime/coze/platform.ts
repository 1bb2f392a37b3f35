import { ActionError } from "../action/error.ts";
import { type CozeCaller, unproved } from "./caller.ts";
import { type CozeClient, createClient } from "./client.ts";
import { type Endpoint, type EndpointOptions, openEndpoint } from "./endpoint.ts";
import type { CozeCredentials, TokenSource } from "./token-source.ts";

/** How a bot's calls of the platform are made. */
export interface CozeAccess {
  readonly credentials: CozeCredentials;
  /** Where it lives, if that is not the platform's `baseUrl`. */
  readonly baseUrl?: string | URL | undefined;
}

/** What a platform can be told. */
export interface CozePlatformOptions extends Omit<EndpointOptions, "clock"> {
  /** What is used for bots that have nothing of their own. */
  readonly credentials?: CozeCredentials | undefined;
  /**
   * What bots have of their own: by bot id, or a function of the call, which
   * gives the same object for the same bot. A bot is known by its id only if the
   * door checked a secret.
   */
  readonly bots?:
    | Readonly<Record<string, CozeAccess>>
    | ((caller: CozeCaller) => CozeAccess | undefined);
  /** How often a call that may be repeated is repeated at most: 2 by default. */
  readonly retries?: number | undefined;
  /**
   * True if the ids of calls are taken though the door checked nothing, because
   * something in front of the server checks callers.
   */
  readonly trustCallers?: boolean | undefined;
}

/**
 * Gives the platform's API to a call. As an extension of `implement` it is
 * `context.coze`; hooks and middleware call it with their context, jobs with
 * `{ botId, userId, authenticated: true }`.
 */
export type CozePlatform = (caller: CozeCaller) => CozeClient;

/** Makes a platform. Wrong options are a `TypeError` now, not a failure of some call. */
export function createCozePlatform(options: CozePlatformOptions): CozePlatform {
  const { bots, credentials, retries = 2, trustCallers = false } = options;
  if (credentials === undefined && bots === undefined) {
    throw new TypeError("createCozePlatform: give credentials, or bots with their own");
  }
  if (!(Number.isInteger(retries) && retries >= 0 && retries <= 10)) {
    throw new TypeError("createCozePlatform: retries has to be a whole number from 0 to 10");
  }
  const home = openEndpoint("createCozePlatform: baseUrl", options);
  const open = createOpener(options, home);
  const all = credentials === undefined ? undefined : open({ credentials });
  const byId =
    typeof bots === "object"
      ? new Map(Object.entries(bots).map(([id, access]) => [id, open(access)]))
      : undefined;

  const accessOf = (caller: CozeCaller): OpenAccess => {
    const { botId = "", authenticated = false } = caller;
    // An id that nobody proved must not choose whose credentials are used.
    if (byId !== undefined && botId !== "" && !authenticated && !trustCallers) {
      throw unproved("bot", "botId");
    }
    const own = typeof bots === "function" ? bots(caller) : undefined;
    const access = own === undefined ? (byId?.get(botId) ?? all) : open(own);
    if (access === undefined) {
      throw new ActionError("failed_precondition", "this server has no access for the bot", {
        cause: new Error(
          `createCozePlatform: there are no credentials for bot ${botId || "(none)"}`,
        ),
      });
    }
    return access;
  };

  return (caller) => {
    const { signal, action, log = home.log } = caller;
    const deadline =
      action?.kind === "server_streaming"
        ? Number.POSITIVE_INFINITY
        : (caller.deadline ?? Number.POSITIVE_INFINITY);
    const session = { ...accessOf(caller), signal, deadline, retries, log };
    return createClient(session, caller, trustCallers);
  };
}

/** An access that tokens are kept for. */
interface OpenAccess {
  readonly endpoint: Endpoint;
  readonly tokens: TokenSource;
}

/** Opens accesses, the same credentials at the same place once. */
function createOpener(
  options: Pick<EndpointOptions, "fetch" | "log">,
  home: Endpoint,
): (access: CozeAccess) => OpenAccess {
  const opened = new WeakMap<CozeCredentials, Map<string, OpenAccess>>();
  return ({ credentials, baseUrl }) => {
    const { fetch, log } = options;
    const endpoint =
      baseUrl === undefined
        ? home
        : openEndpoint("createCozePlatform: baseUrl of a bot", { baseUrl, fetch, log });
    let byUrl = opened.get(credentials);
    if (byUrl === undefined) {
      byUrl = new Map();
      opened.set(credentials, byUrl);
    }
    let access = byUrl.get(endpoint.baseUrl);
    if (access === undefined) {
      access = { endpoint, tokens: credentials(endpoint) };
      byUrl.set(endpoint.baseUrl, access);
    }
    return access;
  };
}
