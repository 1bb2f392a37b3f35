/** What every platform accepts as the name of an action. */
export const actionNamePattern = /^[a-z][a-z0-9_]{0,29}$/;

/**
 * The default name of an rpc's action, in snake_case. Acronyms stay together:
 * `GetHTTPStatus` is `get_http_status`, and digits stay with what they follow:
 * `GetV2Forecast` is `get_v2_forecast`.
 */
export function defaultActionName(rpc: string): string {
  return rpc
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
