import { isText, type Members, members } from "./json-members.ts";

// What coze-studio checks of a manifest, and the limits of its forms:
// backend/crossdomain/plugin/model/plugin_manifest.go.

/** What the importer has against a manifest. */
export function manifestProblems(manifest: Members): string[] {
  const auth = members(manifest["auth"]);
  const named = ["name_for_model", "name_for_human"].filter(
    (name) => !/^[\w\s\u4e00-\u9fa5]{1,30}$/.test(String(manifest[name])),
  );
  const described = ["description_for_model", "description_for_human"].filter(
    (name) => !isText(manifest[name], 600),
  );
  return [
    ...(manifest["schema_version"] === "v1" ? [] : ["schema_version"]),
    ...named,
    ...described,
    ...(members(manifest["api"])["type"] === "openapi" ? [] : ["api.type"]),
    ...(authChecks[String(auth["type"])]?.(auth) ?? ["auth.type"]),
    ...Object.keys(members(manifest["common_params"])).filter(
      (place) => !["body", "header", "query", "path"].includes(place),
    ),
  ];
}

const authChecks: Readonly<Record<string, (auth: Members) => string[]>> = {
  none: () => [],
  service_http: (auth) => [
    ...(auth["sub_type"] === "token/api_key" ? [] : ["auth.sub_type"]),
    ...(["Header", "Query"].includes(String(auth["location"])) ? [] : ["auth.location"]),
    ...(isText(auth["key"], 100) && isText(auth["service_token"], 400) ? [] : ["auth.key"]),
  ],
  oauth: (auth) => [
    ...(auth["sub_type"] === "authorization_code" ? [] : ["auth.sub_type"]),
    ...["client_id", "client_secret"].filter((name) => !isText(auth[name], 400)),
    ...["client_url", "authorization_url"].filter(
      (name) => !/^https:\/\/./.test(String(auth[name])),
    ),
    ...(auth["authorization_content_type"] === "application/json" ? [] : ["content type"]),
  ],
};
