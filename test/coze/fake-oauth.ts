import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { Answer, FakePlatform, Received } from "./fake-platform.ts";

/** The OAuth half of a platform: https://docs.coze.cn/developer_guides/oauth_pkce and its neighbours. */
export interface FakeOAuth {
  /** Refresh tokens that are good, once each. */
  readonly refreshTokens: Set<string>;
  /** What device requests get before they get tokens, in order: OAuth's error codes. */
  readonly deviceErrors: string[];
  /** What the platform's clock shows more than this machine's, in milliseconds. */
  skewMs: number;
  /** The claims and headers of the assertions that were good. */
  readonly assertions: { header: Record<string, unknown>; claims: Record<string, unknown> }[];
  /** How many access tokens there were. */
  readonly granted: number;
  /** Codes that users came back with, and the challenge that they belong to. */
  readonly codes: Map<string, string>;
}

const path = "POST /api/permission/oauth2/token";

export function serveOAuth(
  platform: FakePlatform,
  { publicKey, now = Date.now }: { publicKey?: KeyObject; now?: () => number } = {},
): FakeOAuth {
  let granted = 0;
  const state = {
    refreshTokens: new Set<string>(),
    deviceErrors: [] as string[],
    skewMs: 0,
    assertions: [] as FakeOAuth["assertions"],
    codes: new Map<string, string>(),
    get granted() {
      return granted;
    },
  };

  const grant = (lifeSeconds: number, rotates: boolean): Answer => {
    granted++;
    const accessToken = `czu_access_token_${granted}`;
    const refreshToken = `refresh_token_${granted}`;
    platform.tokens.add(accessToken);
    state.refreshTokens.add(refreshToken);
    const time = now() + state.skewMs;
    return {
      headers: { date: new Date(time).toUTCString() },
      json: {
        access_token: accessToken,
        // A time, unlike RFC 6749's.
        expires_in: Math.floor(time / 1000) + lifeSeconds,
        ...(rotates ? { refresh_token: refreshToken } : {}),
        token_type: "Bearer",
      },
    };
  };

  const refuse = (error_code: string, status = 400): Answer => ({
    status,
    json: { error_code, error_message: `refused: ${error_code}` },
  });

  const flows: Record<string, (request: Received) => Answer> = {
    refresh_token: ({ body }) =>
      state.refreshTokens.delete(String(body["refresh_token"]))
        ? grant(900, true)
        : refuse("invalid_grant"),
    authorization_code: ({ body, token }) => {
      const challenge = state.codes.get(String(body["code"]));
      const verifier = body["code_verifier"];
      const proof =
        typeof verifier === "string"
          ? createHash("sha256").update(verifier).digest("base64url")
          : token;
      return challenge !== undefined && challenge === proof
        ? grant(900, true)
        : refuse("invalid_grant");
    },
    "urn:ietf:params:oauth:grant-type:device_code": () => {
      const error = state.deviceErrors.shift();
      return error === undefined ? grant(900, true) : refuse(error);
    },
    "urn:ietf:params:oauth:grant-type:jwt-bearer": ({ token, body }) => {
      const [header = "", claims = "", signature = ""] = token.split(".");
      const good =
        publicKey !== undefined &&
        verify(
          "RSA-SHA256",
          Buffer.from(`${header}.${claims}`),
          createPublicKey(publicKey.export({ type: "spki", format: "pem" })),
          Buffer.from(signature, "base64url"),
        );
      if (!good) {
        return refuse("invalid_request", 401);
      }
      const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
      state.assertions.push({ header: read(header), claims: read(claims) });
      return grant(Number(body["duration_seconds"]), false);
    },
  };
  platform.routes[path] = (request) =>
    flows[String(request.body["grant_type"])]?.(request) ?? refuse("unsupported_grant_type");
  platform.routes["POST /api/permission/oauth2/device/code"] = () => ({
    json: {
      device_code: "the_device_code",
      user_code: 1234,
      verification_uri: "https://www.coze.cn/device",
      expires_in: 300,
      interval: 5,
    },
  });
  return state;
}
