import type { SpecOptions } from "../../options/spec-options.ts";
import type { JsonObject } from "../../tool-model/json.ts";
import type { ToolPlugin } from "../../tool-model/tool-model.ts";
import { cozePluginText } from "./coze-texts.ts";

/** The manifest that goes with an OpenAPI document of Coze. */
export function cozeManifest(plugin: ToolPlugin, { auth }: SpecOptions): JsonObject {
  const description = cozePluginText(plugin);
  return {
    schema_version: "v1",
    name_for_model: plugin.id,
    name_for_human: plugin.title,
    description_for_model: description,
    description_for_human: description,
    auth: auths[auth],
    logo_url: "default_icon/plugin_default_icon.png",
    api: { type: "openapi" },
    common_params: {
      header: [{ name: "User-Agent", value: "Coze/1.0" }],
      body: [],
      query: [],
      path: [],
    },
  };
}

/** How Coze proves who it is. Secrets, and what only its owner knows, are to be filled in. */
const auths: Readonly<Record<SpecOptions["auth"], JsonObject>> = {
  none: { type: "none" },
  api_key: {
    type: "service_http",
    sub_type: "token/api_key",
    location: "Header",
    key: "Authorization",
    service_token: "<the apiKey of the tool door>",
  },
  oauth: {
    type: "oauth",
    sub_type: "authorization_code",
    client_id: "<client id>",
    client_secret: "<client secret>",
    client_url: "https://auth.example.com/authorize",
    scope: "",
    authorization_url: "https://auth.example.com/token",
    authorization_content_type: "application/json",
  },
};
