/** Which doors of the example ask for proof. */
export interface Secrets {
  /** True if callbacks have to be signed with `COZE_WEBHOOK_SECRET`. */
  readonly callback: boolean;
  /** True if tool calls have to carry `TOOL_API_KEY`. */
  readonly tool: boolean;
  /** True if events have to be signed with `COZE_VERIFY_TOKEN`. */
  readonly events: boolean;
}

const json = "-H 'content-type: application/json'";

/**
 * Says how to call the example at each of its doors, in commands for a shell.
 * Each block of commands follows a line with its title.
 */
export function howToCall(url: string, secrets: Secrets): string {
  return [
    block("Webhook callback", secrets.callback ? signedCallback(url) : callback(url)),
    block("Plugin tool call", toolCall(url, secrets.tool)),
    block("Event, as Coze asks whether the address is right", event(url, secrets.events)),
    block("MCP, as an assistant calls a tool", mcpCall(url, secrets.tool)),
    block("Documents for Coze, Dify, OpenAPI and others", [`curl ${url}/documents`]),
    block("Connect (or --protocol grpc, or grpcweb), a stream", [
      "npx buf curl --protocol connect -d '{\"from\":3}' \\",
      `  ${url}/almanac.v1.AlmanacService/Countdown`,
    ]),
    block("All methods, by gRPC reflection", [`npx buf curl --list-methods ${url}`]),
  ].join("\n");
}

function block(title: string, commands: readonly string[]): string {
  return [`${title}:`, ...commands.map((line) => `  ${line}`), ""].join("\n");
}

const callbackBody =
  '{"bot_id":"demo","action":"get_chinese_date","parameters":{"date":"2026-02-17"}}';

function callback(url: string): string[] {
  return [`curl ${url}/coze_callback ${json} \\`, `  -d '${callbackBody}'`];
}

function signedCallback(url: string): string[] {
  return [
    `body='${callbackBody}' time=$(date +%s)`,
    'signature=$(printf %s "$time.$body" | openssl dgst -sha256 -hmac "$COZE_WEBHOOK_SECRET" -r)',
    `curl ${url}/coze_callback ${json} -d "$body" \\`,
    '  -H "x-coze-timestamp: $time" -H "x-coze-signature: $' + '{signature%% *}"',
  ];
}

const bearer = (keyed: boolean) => (keyed ? ' -H "authorization: Bearer $TOOL_API_KEY"' : "");

function toolCall(url: string, keyed: boolean): string[] {
  return [
    `curl ${url}/actions/get_local_time ${json}${bearer(keyed)} \\`,
    '  -d \'{"time_zone":"Asia/Shanghai"}\'',
  ];
}

const eventBody =
  '{"header":{"event_type":"url_verification","event_id":"1"},"event":{"challenge":"well met"}}';

function event(url: string, signed: boolean): string[] {
  const post = `curl ${url}/coze_events ${json}`;
  if (!signed) {
    return [`${post} \\`, `  -d '${eventBody}'`];
  }
  return [
    `body='${eventBody}' time=$(date +%s)000`,
    'signature=$(printf %s "$time" nonce "$COZE_VERIFY_TOKEN" "$body" | openssl dgst -sha1 -r)',
    `${post} -d "$body" -H "x-coze-timestamp: $time" \\`,
    '  -H "x-coze-nonce: nonce" -H "x-coze-signature: $' + '{signature%% *}"',
  ];
}

function mcpCall(url: string, keyed: boolean): string[] {
  return [
    `curl ${url}/mcp ${json} -H 'accept: application/json, text/event-stream'${bearer(keyed)} \\`,
    '  -d \'{"jsonrpc":"2.0","id":1,"method":"tools/list"}\'',
  ];
}
