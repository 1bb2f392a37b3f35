/**
 * botwire/mcp: actions as tools of the Model Context Protocol. Needs
 * `@modelcontextprotocol/server`. Runs on Node, and everywhere that has the
 * Fetch API.
 */

export type { BodyOptions } from "./runtime/http/door-options.ts";
export type { SecretOptions, Secrets } from "./runtime/http/secrets.ts";
export { type McpDoorOptions, mcpDoor } from "./runtime/mcp/mcp-door.ts";
