/**
 * botwire/fetch: actions behind the Fetch API, for edge workers, Deno, Bun and
 * the routes of web frameworks.
 */
export type { CorsOptions } from "./runtime/http/cors.ts";
export {
  createFetchHandler,
  type FetchHandler,
  type FetchHandlerOptions,
} from "./runtime/http/create-fetch-handler.ts";
export type { Door } from "./runtime/http/door.ts";
