import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLogger } from "botwire";
import {
  type Clock,
  cozeErrorOf,
  createOAuthClient,
  fileTokenStore,
  jwtCredentials,
  memoryTokenStore,
  type OAuthTokens,
  oauthCredentials,
} from "botwire/coze";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEndpoint } from "../../src/runtime/coze/endpoint.ts";
import { type FakeOAuth, serveOAuth } from "./fake-oauth.ts";
import { type FakePlatform, ok, startPlatform } from "./fake-platform.ts";
import { clientOf, errorOf, fakeClock } from "./support.ts";

const tokenPath = "POST /api/permission/oauth2/token";
let platform: FakePlatform;
let oauth: FakeOAuth;
beforeEach(async () => {
  platform = await startPlatform({ "GET /v1/users/me": ({ token }) => ok({ user_id: token }) });
  oauth = serveOAuth(platform);
});
afterEach(() => platform[Symbol.asyncDispose]());

const endpointAt = (clock: Clock) =>
  openEndpoint("test", { baseUrl: platform.url, clock, log: silentLogger });

/** An authorization whose access token has ended. */
function ended(): OAuthTokens {
  oauth.refreshTokens.add("refresh_token_0");
  return { accessToken: "czu_access_token_0", refreshToken: "refresh_token_0", expiresAt: 0 };
}

describe("a user's authorization", () => {
  it("is renewed once for many calls, and what came is stored before it is used", async () => {
    const log: string[] = [];
    const store = memoryTokenStore(ended());
    const credentials = oauthCredentials({
      clientId: "app",
      store: {
        load: store.load,
        async save(tokens) {
          log.push(`save ${tokens.refreshToken}`);
          await new Promise((resolve) => setTimeout(resolve, 30));
          await store.save(tokens);
          log.push("saved");
        },
      },
    });
    platform.routes["GET /v1/users/me"] = ({ token }) => {
      log.push(`use ${token}`);
      return ok({ user_id: "u" });
    };
    const { users } = clientOf(platform, { credentials });
    await Promise.all(Array.from({ length: 20 }, () => users.me()));
    expect(platform.count(tokenPath)).toBe(1);
    expect(log.slice(0, 3)).toEqual(["save refresh_token_1", "saved", "use czu_access_token_1"]);
    expect(await store.load()).toMatchObject({ refreshToken: "refresh_token_1" });
  });

  it("is renewed with the rotated token when the platform refuses the access token early", async () => {
    const store = memoryTokenStore(ended());
    const { users } = clientOf(platform, {
      credentials: oauthCredentials({ clientId: "a", store }),
    });
    expect((await users.me()).userId).toBe("czu_access_token_1");
    platform.tokens.delete("czu_access_token_1");
    platform.tokens.add("someone else's");
    expect((await users.me()).userId).toBe("czu_access_token_2");
    expect(platform.received.filter(({ operation }) => operation === tokenPath)).toMatchObject([
      { body: { grant_type: "refresh_token", client_id: "a", refresh_token: "refresh_token_0" } },
      { body: { refresh_token: "refresh_token_1" } },
    ]);
  });

  it("survives a store that fails: what came is kept, and stored before it is used", async () => {
    const store = memoryTokenStore(ended());
    let broken = true;
    const credentials = oauthCredentials({
      clientId: "app",
      store: {
        load: store.load,
        save: (tokens) => (broken ? Promise.reject(new Error("disk full")) : store.save(tokens)),
      },
    });
    const clock = fakeClock(Date.now());
    const tokens = credentials(endpointAt(clock));
    await errorOf(tokens.get());
    clock.advance(1_000);
    await errorOf(tokens.get());
    broken = false;
    clock.advance(1_000);
    expect(await tokens.get()).toBe("czu_access_token_1");
    expect(platform.count(tokenPath)).toBe(1);
    expect(await store.load()).toMatchObject({ refreshToken: "refresh_token_1" });
  });

  it("is shared by processes: one takes over what another has renewed", async () => {
    const store = memoryTokenStore(ended());
    const [one, two] = [1, 2].map(
      () => clientOf(platform, { credentials: oauthCredentials({ clientId: "a", store }) }).users,
    );
    expect((await one?.me())?.userId).toBe("czu_access_token_1");
    expect((await two?.me())?.userId).toBe("czu_access_token_1");
    expect(platform.count(tokenPath)).toBe(1);
  });

  it("is not lost to the one of two that renews at the same moment too late", async () => {
    const store = memoryTokenStore(ended());
    const winner = {
      accessToken: "czu_winner",
      refreshToken: "w",
      expiresAt: Date.now() + 900_000,
    };
    platform.tokens.add("czu_winner");
    platform.routes[tokenPath] = async () => {
      await store.save(winner);
      return { status: 400, json: { error: "invalid_grant" } };
    };
    const { users } = clientOf(platform, {
      credentials: oauthCredentials({ clientId: "a", store }),
    });
    expect((await users.me()).userId).toBe("czu_winner");
  });

  it("that does not exist, or no longer, has to be given again", async () => {
    const none = oauthCredentials({ clientId: "a", store: memoryTokenStore() });
    expect(await errorOf(clientOf(platform, { credentials: none }).users.me())).toMatchObject({
      code: "unauthenticated",
      message: "nobody has authorized this server at the bot platform",
    });
    const tokens = { ...ended(), refreshToken: "revoked_refresh_token" };
    const over = oauthCredentials({ clientId: "a", store: memoryTokenStore(tokens) });
    const error = await errorOf(clientOf(platform, { credentials: over }).users.me());
    expect(error).toMatchObject({ code: "unauthenticated" });
    expect(cozeErrorOf(error)).toMatchObject({ code: "invalid_grant" });
    expect(JSON.stringify(error.cause)).not.toContain("revoked_refresh_token");
  });

  it("stays when only the platform or the app has a problem", async () => {
    const store = memoryTokenStore(ended());
    const credentials = oauthCredentials({ clientId: "a", clientSecret: "s3cret", store });
    for (const [fault, code] of [
      [{ status: 503 }, "unavailable"],
      ["cut", "unavailable"],
      [{ status: 401, body: { error: "invalid_client" } }, "internal"],
    ] as const) {
      platform.fail(tokenPath, fault);
      const clock = fakeClock(Date.now());
      const tokens = credentials(endpointAt(clock));
      expect(await errorOf(tokens.get())).toMatchObject({ code });
    }
    const tokens = credentials(endpointAt(fakeClock(Date.now())));
    expect(await tokens.get()).toBe("czu_access_token_1");
    expect(platform.received.at(-1)?.token).toBe("s3cret");
  });

  it("ends by the platform's clock, however wrong this machine's is", async () => {
    for (const skewMs of [-7_200_000, 7_200_000]) {
      oauth.skewMs = skewMs;
      const store = memoryTokenStore(ended());
      const clock = fakeClock(Date.now());
      const tokens = oauthCredentials({ clientId: "a", store })(endpointAt(clock));
      await tokens.get();
      const { expiresAt = 0 } = (await store.load()) ?? {};
      // Headers have dates to the second, and so has the platform.
      expect(Math.abs(expiresAt - clock.now() - 900_000)).toBeLessThanOrEqual(2_000);
    }
  });
});

describe("the file of tokens", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "botwire-tokens-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const tokens = (n: number) => ({ accessToken: `a${n}`, refreshToken: `r${n}`, expiresAt: n });

  it("is only this user's, and has the last that was saved, whole", async () => {
    const file = join(folder, "deep", "tokens.json");
    const store = fileTokenStore(file);
    expect(await store.load()).toBeUndefined();
    await Promise.all([1, 2, 3, 4, 5].map((n) => store.save(tokens(n))));
    expect(await fileTokenStore(file).load()).toEqual(tokens(5));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "deep"))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(folder, "deep"))).toEqual(["tokens.json"]);
  });

  it("is closed to others even if it was open, and never half written", async () => {
    const file = join(folder, "tokens.json");
    await writeFile(file, JSON.stringify(tokens(0)), { mode: 0o644 });
    const store = fileTokenStore(file);
    const written = store.save({ ...tokens(1), accessToken: "x".repeat(1_000_000) });
    let reads = 0;
    for (let done = false; !done; reads++) {
      done = await Promise.race([
        written.then(() => true),
        readFile(file, "utf8").then(() => false),
      ]);
      const text = await readFile(file, "utf8");
      expect(() => JSON.parse(text)).not.toThrow();
    }
    expect(reads).toBeGreaterThan(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("is not started anew if it cannot be read, and its content is not told", async () => {
    const file = join(folder, "tokens.json");
    await writeFile(file, '{"accessToken": "czu_secret"');
    const reason = await fileTokenStore(file)
      .load()
      .catch((error: unknown) => String(error));
    expect(reason).toBe(`Error: ${file} holds no tokens: remove it, and authorize again`);
  });

  it("that cannot be written is an error, and leaves nothing behind", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(fileTokenStore(join(folder, "file", "tokens")).save(tokens(1))).rejects.toThrow();
    await expect(fileTokenStore(folder).save(tokens(1))).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["file"]);
  });
});

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
    expect(String(error.cause)).toContain("POST /api/permission/oauth2/token");
    expect(String(error.cause)).not.toContain("eyJ");
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
