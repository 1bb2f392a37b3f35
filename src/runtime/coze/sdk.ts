import { ActionError } from "../action/error.ts";
import type { ServerEvent } from "../client/event-reader.ts";
import { isRecord } from "../http/json-body.ts";
import type { ApiRequest, QueryValue } from "./api-request.ts";
import { type ApiSession, callApi } from "./call-api.ts";
import { streamApi } from "./stream-api.ts";

/** The class `CozeAPI` of `@coze/api`. (Its types are not named, as they need packages of their own.) */
export type SdkClass<T extends SdkClient> = new (options: {
  token: () => Promise<string>;
  baseURL: string;
}) => T;

/** What all calls of the SDK go through. */
export interface SdkClient {
  makeRequest(
    apiUrl: string,
    method: "GET" | "POST" | "PUT" | "DELETE",
    body?: never,
    isStream?: boolean,
    options?: never,
  ): Promise<unknown>;
  get(apiUrl: string, param?: never, isStream?: boolean, options?: never): Promise<unknown>;
}

/**
 * An SDK whose calls go through this package: its tokens, deadline, retries,
 * encoding, errors and streams. Uploads and sounds still go through axios, with
 * the same token and signal, because they are not JSON.
 */
export function bindSdk<T extends SdkClient>(Api: SdkClass<T>, session: ApiSession): T {
  const { endpoint, tokens, signal } = session;
  const api = new Api({ token: () => tokens.get(signal), baseURL: endpoint.baseUrl });
  const plain = api.makeRequest.bind(api);
  const send: Send = async (apiUrl, method, body, isStream, options, query) => {
    const request = requestOf(apiUrl, method, body, options, query);
    if (request === undefined) {
      // An SDK of the same shape takes what its own methods have given.
      return Reflect.apply(plain, undefined, [
        apiUrl,
        method,
        body,
        isStream,
        { signal, ...options },
      ]);
    }
    return isStream === true ? eventsOf(session, request) : callApi(session, request);
  };
  Object.defineProperties(api, {
    makeRequest: {
      value: (...[apiUrl, method, body, isStream, options]: SdkCall) =>
        send(apiUrl, method, body, isStream, options, {}),
    },
    // The SDK's own pastes the values into the URL as they are.
    get: {
      value: (apiUrl: string, param: unknown, isStream?: boolean, options?: SdkOptions) =>
        send(apiUrl, "GET", undefined, isStream, options, isRecord(param) ? param : {}),
    },
  });
  return api;
}

type Method = ApiRequest["method"];
type SdkOptions = Readonly<Record<string, unknown>> | undefined;
type SdkCall = [string, Method, unknown, boolean?, SdkOptions?];
type Send = (
  apiUrl: string,
  method: Method,
  body: unknown,
  isStream: boolean | undefined,
  options: SdkOptions,
  query: Readonly<Record<string, unknown>>,
) => Promise<unknown>;

/** The request that a call of the SDK stands for; undefined if it is not JSON. */
function requestOf(
  apiUrl: string,
  method: Method,
  body: unknown,
  options: SdkOptions = {},
  query: Readonly<Record<string, unknown>>,
): ApiRequest | undefined {
  if (options["responseType"] !== undefined || !isJson(body)) {
    return undefined;
  }
  const headers = isRecord(options["headers"]) ? options["headers"] : {};
  const { path, pasted } = splitUrl(apiUrl);
  return {
    method,
    path,
    query: { ...pasted, ...Object.fromEntries(Object.entries(query).map(queryEntry)) },
    ...(body === undefined || body === null ? {} : { body }),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, String(value)]),
    ),
    safe: method === "GET",
  };
}

function isJson(body: unknown): boolean {
  if (typeof body !== "object" || body === null) {
    return body === undefined || body === null;
  }
  const prototype: unknown = Object.getPrototypeOf(body);
  return prototype === Object.prototype || prototype === null;
}

function queryEntry([name, value]: [string, unknown]): [string, QueryValue] {
  return [
    name,
    value === undefined || value === null
      ? undefined
      : Array.isArray(value)
        ? value.map(String)
        : String(value),
  ];
}

/**
 * The SDK pastes ids into paths and queries. What only an id can have brought
 * there is refused. (An id with a plain `/` looks like a longer path: ids that
 * callers made up belong to the typed methods, which encode them.)
 */
function splitUrl(apiUrl: string): { path: string; pasted: Record<string, string> } {
  const [path = "", search = "", ...more] = apiUrl.split("?");
  const pairs = search === "" ? [] : search.split("&").map((pair) => pair.split("="));
  const pasted = Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, value]));
  const wellFormed =
    more.length === 0 &&
    /^(?:\/[\w-][\w.-]*)+$/.test(path) &&
    pairs.every((pair) => pair.length === 2 && pair.every((part) => /^[\w.-]*$/.test(part))) &&
    Object.keys(pasted).length === pairs.length;
  if (!wellFormed) {
    throw new ActionError("invalid_argument", "an id for the bot platform is malformed", {
      cause: new Error("the SDK was given an id with characters that no id has"),
    });
  }
  return { path, pasted };
}

/** Events as the SDK's resources read them. What they do not expect, such as pings, is left out. */
async function* eventsOf(
  session: ApiSession,
  request: ApiRequest,
): AsyncGenerator<ServerEvent & { readonly id: string }, void, undefined> {
  for await (const event of streamApi(session, request)) {
    if (event.data !== "" && event.event !== "PING") {
      yield { id: "", ...event };
    }
  }
}
