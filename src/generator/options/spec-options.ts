import type { OptionSpec, OptionValues } from "./option-spec.ts";
import { parseOptions } from "./parse-options.ts";

const specs = {
  target: {
    kind: "set",
    description: "which documents to write (default all)",
    values: ["coze", "dify", "openai", "openapi", "json-schema", "markdown", "mcp"],
  },
  server: {
    kind: "url",
    description: "where the server is reached (default https://bot.example.com)",
    default: "https://bot.example.com",
  },
  tool_path: {
    kind: "urlPath",
    description: "the basePath of the tool door (default /actions)",
    default: "/actions",
  },
  callback_path: {
    kind: "urlPath",
    description: "the path of the callback door (default /coze_callback)",
    default: "/coze_callback",
  },
  auth: {
    kind: "choice",
    description: "how platforms prove who they are (default api_key)",
    values: ["api_key", "oauth", "none"],
  },
  plugin: {
    kind: "mapping",
    description: "the plugin that services belong to (default one for each service)",
    example: "almanac.v1.*:Day planner",
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** The options of protoc-gen-botwire-spec, every one with a value. */
export type SpecOptions = OptionValues<typeof specs>;

/** Parses the plugin's parameter. Throws an OptionError that says what is allowed. */
export function parseSpecOptions(parameter: string): SpecOptions {
  return parseOptions(specs, parameter);
}
