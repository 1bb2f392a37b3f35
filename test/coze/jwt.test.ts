import { generateKeyPairSync } from "node:crypto";
import { silentLogger } from "botwire";
import { type Clock, cozeErrorOf, jwtCredentials } from "botwire/coze";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEndpoint } from "../../src/runtime/coze/endpoint.ts";
import { serveOAuth } from "./fake-oauth.ts";
import { type FakePlatform, ok, startPlatform } from "./fake-platform.ts";
import { clientOf, errorOf, fakeClock } from "./support.ts";

const tokenPath = "POST /api/permission/oauth2/token";
let platform: FakePlatform;
beforeEach(async () => {
  platform = await startPlatform({ "GET /v1/users/me": ({ token }) => ok({ user_id: token }) });
});
afterEach(() => platform[Symbol.asyncDispose]());

const endpointAt = (clock: Clock) =>
  openEndpoint("test", { baseUrl: platform.url, clock, log: silentLogger });

describe("a service's JSON Web Token", () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

  it("is signed as the platform wants it, and exchanged once for many calls", async () => {
    const signed = serveOAuth(platform, { publicKey });
    for (const key of [
      pem,
      pem.replaceAll("\n", "\\n"),
      privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    ]) {
      const credentials = jwtCredentials({
        appId: "app",
        keyId: "fingerprint",
        privateKey: key,
        sessionName: "alice",
        durationSeconds: 3_600,
      });
      const { users } = clientOf(platform, { credentials });
      await Promise.all([users.me(), users.me(), users.me()]);
    }
    expect(signed.assertions).toHaveLength(3);
    const [{ header, claims } = { header: {}, claims: {} }, other] = signed.assertions;
    const now = Date.now() / 1000;
    expect(header).toEqual({ alg: "RS256", typ: "JWT", kid: "fingerprint" });
    expect(claims).toMatchObject({
      iss: "app",
      aud: new URL(platform.url).host,
      session_name: "alice",
    });
    expect(claims["iat"]).toBeLessThan(now);
    expect(claims["exp"]).toBeGreaterThan(now + 60);
    expect(claims["jti"]).not.toBe(other?.claims["jti"]);
    const asked = platform.received.find(({ operation }) => operation === tokenPath);
    expect(asked?.body).toMatchObject({ duration_seconds: 3_600 });
  });

  it("is signed anew when the token nears its end", async () => {
    const clock = fakeClock(Date.now());
    const signed = serveOAuth(platform, { publicKey, now: clock.now });
    const credentials = jwtCredentials({ appId: "app", keyId: "k", privateKey: pem });
    const tokens = credentials(endpointAt(clock));
    expect(await tokens.get()).toBe("czu_access_token_1");
    clock.advance(800_000);
    await tokens.get();
    await expect.poll(() => signed.granted).toBe(2);
    await expect.poll(() => tokens.get()).toBe("czu_access_token_2");
  });

  it("asks an organization for its tokens", async () => {
    platform.routes["POST /api/permission/oauth2/account/acc%2F1/token"] = () => ({
      json: { access_token: "czu_of_account", expires_in: 900 },
    });
    const credentials = jwtCredentials({
      appId: "a",
      keyId: "k",
      privateKey: pem,
      accountId: "acc/1",
    });
    expect((await clientOf(platform, { credentials }).users.me()).userId).toBe("czu_of_account");
  });

  it("that the platform refuses is the server's problem, and not told to anyone", async () => {
    const credentials = jwtCredentials({ appId: "app", keyId: "k", privateKey: pem });
    const error = await errorOf(clientOf(platform, { credentials }).users.me());
    expect(error).toMatchObject({ code: "internal" });
    const refused = cozeErrorOf(error);
    expect(refused).toMatchObject({ operation: tokenPath, status: 404 });
    expect(`${error} ${error.cause} ${refused?.stack}`).not.toContain("eyJ");
  });

  it("needs an app, a fingerprint and an RSA key", () => {
    const good = { appId: "a", keyId: "k", privateKey: pem };
    const { privateKey: other } = generateKeyPairSync("ed25519");
    const wrong = other.export({ type: "pkcs8", format: "pem" }).toString();
    expect(() => jwtCredentials({ ...good, appId: undefined })).toThrow("appId is not set");
    expect(() => jwtCredentials({ ...good, privateKey: "secret" })).toThrow(
      /^jwtCredentials: privateKey is not an RSA private key in PEM$/,
    );
    expect(() => jwtCredentials({ ...good, privateKey: wrong })).toThrow("not an RSA private key");
    expect(() => jwtCredentials({ ...good, durationSeconds: 90_000 })).toThrow("up to 86399");
  });
});
