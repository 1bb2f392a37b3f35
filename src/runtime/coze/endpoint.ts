import { createJsonLogger } from "../action/json-logger.ts";
import type { Logger } from "../action/logger.ts";
import { type Clock, systemClock } from "./clock.ts";

/** The platform in mainland China. */
export const cozeCn = "https://api.coze.cn";

/** The platform elsewhere. */
export const cozeCom = "https://api.coze.com";

/** Where a platform is, and how it is reached. */
export interface Endpoint {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What an endpoint is made of. */
export interface EndpointOptions {
  /**
   * The API of a region, `cozeCn` or `cozeCom`, or of a coze-studio, for example
   * `http://studio.internal:8888`. Tokens of one region mean nothing in another.
   */
  readonly baseUrl: string | URL;
  /** What sends the requests; the runtime's own `fetch` if left out. */
  readonly fetch?: typeof fetch | undefined;
  /**
   * Told of what belongs to no call, such as a renewal that failed while the old
   * token still is good. JSON lines on standard output if left out.
   */
  readonly log?: Logger | undefined;
  /** The machine's own if left out. */
  readonly clock?: Clock | undefined;
}

/**
 * Checks where a platform is said to be.
 *
 * @param option what the URL is called in errors, for example `createCozePlatform: baseUrl`
 */
export function openEndpoint(option: string, options: EndpointOptions): Endpoint {
  const { baseUrl, clock = systemClock, log = createJsonLogger() } = options;
  const url = URL.canParse(String(baseUrl)) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== "") {
    throw new TypeError(
      `${option} is not an http(s) URL: give cozeCn, cozeCom, or that of your coze-studio`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError(`${option} must not hold a user or a password: they would be logged`);
  }
  return {
    baseUrl: url.href.replace(/\/+$/, ""),
    // Called as a function, because fetch of some runtimes refuses another `this`.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    clock,
    log,
  };
}
