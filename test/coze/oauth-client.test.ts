import { createHash } from "node:crypto";
import { createOAuthClient } from "botwire/coze";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeOAuth, serveOAuth } from "./fake-oauth.ts";
import { type FakePlatform, ok, startPlatform } from "./fake-platform.ts";
import { errorOf, fakeClock } from "./support.ts";

const tokenPath = "POST /api/permission/oauth2/token";
let platform: FakePlatform;
let oauth: FakeOAuth;
beforeEach(async () => {
  platform = await startPlatform({ "GET /v1/users/me": ({ token }) => ok({ user_id: token }) });
  oauth = serveOAuth(platform);
});
afterEach(() => platform[Symbol.asyncDispose]());

describe("the OAuth client", () => {
  const redirectUrl = "https://bot.example.com/back?a=b&c";

  it("does the PKCE flow", async () => {
    const client = createOAuthClient({ baseUrl: platform.url, clientId: "app 1" });
    const { url, state, codeVerifier = "" } = client.authorizationUrl({ redirectUrl });
    const { pathname, searchParams } = new URL(url);
    expect(pathname).toBe("/api/permission/oauth2/authorize");
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: "code",
      client_id: "app 1",
      redirect_uri: redirectUrl,
      state,
      code_challenge: createHash("sha256").update(codeVerifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    expect(codeVerifier).toMatch(/^[\w-]{43}$/);
    expect(client.authorizationUrl({ redirectUrl }).state).not.toBe(state);
    oauth.codes.set("the code", searchParams.get("code_challenge") ?? "");
    const options = { code: "the code", redirectUrl, codeVerifier };
    expect(await client.exchangeCode(options)).toMatchObject({ refreshToken: "refresh_token_1" });
    const wrong = await errorOf(client.exchangeCode({ ...options, codeVerifier: "another one" }));
    expect(wrong).toMatchObject({ code: "invalid_argument" });
    await expect(client.exchangeCode({ code: "x", redirectUrl })).rejects.toThrow("codeVerifier");
  });

  it("does the web flow", async () => {
    const client = createOAuthClient({
      baseUrl: platform.url,
      clientId: "web",
      clientSecret: "s3cret",
    });
    const begun = client.authorizationUrl({ redirectUrl, state: "mine", workspaceId: "w/1" });
    expect(begun).toMatchObject({ state: "mine", codeVerifier: undefined });
    expect(new URL(begun.url).pathname).toBe("/api/permission/oauth2/workspace_id/w%2F1/authorize");
    oauth.codes.set("the code", "s3cret");
    await client.exchangeCode({ code: "the code", redirectUrl });
    expect(platform.received.at(-1)).toMatchObject({
      token: "s3cret",
      body: { grant_type: "authorization_code", client_id: "web", redirect_uri: redirectUrl },
    });
  });

  it("sends users to www, where programs call api", () => {
    const at = (baseUrl: string) =>
      new URL(createOAuthClient({ baseUrl, clientId: "a" }).authorizationUrl({ redirectUrl }).url)
        .origin;
    expect(at("https://api.coze.cn")).toBe("https://www.coze.cn");
    expect(at("https://api.coze.com/")).toBe("https://www.coze.com");
    expect(at("http://studio.internal:8888")).toBe("http://studio.internal:8888");
  });

  it("waits for a device as the platform wants it, and ends", async () => {
    const clock = fakeClock(Date.now());
    const client = createOAuthClient({ baseUrl: platform.url, clientId: "tv", clock });
    const device = await client.startDevice();
    expect(device).toMatchObject({
      userCode: "1234",
      verificationUrl: "https://www.coze.cn/device",
      intervalMs: 5_000,
      expiresAt: clock.now() + 300_000,
    });
    oauth.deviceErrors.push("authorization_pending", "slow_down", "authorization_pending");
    expect(await client.waitForDevice(device)).toMatchObject({ accessToken: "czu_access_token_1" });
    expect(clock.slept).toEqual([5_000, 5_000, 10_000, 10_000]);

    oauth.deviceErrors.push("access_denied");
    expect(await errorOf(client.waitForDevice(device))).toMatchObject({
      code: "permission_denied",
    });

    oauth.deviceErrors.push(...Array(100).fill("authorization_pending"));
    expect(await errorOf(client.waitForDevice(device))).toMatchObject({
      code: "deadline_exceeded",
    });
    expect(clock.now()).toBeLessThanOrEqual(device.expiresAt);
  });

  it("asks a platform in trouble less often, and gives up when told", async () => {
    const clock = fakeClock(Date.now());
    const client = createOAuthClient({ baseUrl: platform.url, clientId: "tv", clock });
    const device = await client.startDevice();
    platform.fail(tokenPath, { status: 503 }, "cut");
    await client.waitForDevice(device);
    expect(clock.slept).toEqual([5_000, 10_000, 20_000]);
    const signal = AbortSignal.abort();
    expect(await errorOf(client.waitForDevice(device, { signal }))).toMatchObject({
      code: "canceled",
    });
  });

  it("refuses what cannot work", () => {
    expect(() => createOAuthClient({ baseUrl: "x", clientId: "a" })).toThrow("not an http(s) URL");
    expect(() => createOAuthClient({ baseUrl: platform.url, clientId: "" })).toThrow("empty");
  });
});
