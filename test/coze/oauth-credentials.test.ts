import { silentLogger } from "botwire";
import {
  type Clock,
  cozeErrorOf,
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

  it("is taken from the store when another process has renewed it since", async () => {
    const store = memoryTokenStore(ended());
    const credentials = oauthCredentials({ clientId: "a", store });
    const { users } = clientOf(platform, { credentials });
    expect((await users.me()).userId).toBe("czu_access_token_1");
    platform.tokens.delete("czu_access_token_1");
    platform.tokens.add("czu_of_another");
    const newer = { accessToken: "czu_of_another", refreshToken: "n", expiresAt: Date.now() + 9e5 };
    await store.save(newer);
    expect((await users.me()).userId).toBe("czu_of_another");
    expect(await store.load()).toEqual(newer);
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
    platform.fail(tokenPath, {
      status: 400,
      body: { error: "invalid_grant", error_description: "revoked_refresh_token is revoked" },
    });
    const again = oauthCredentials({ clientId: "a", store: memoryTokenStore(tokens) });
    const echoed = await errorOf(clientOf(platform, { credentials: again }).users.me());
    expect(cozeErrorOf(echoed)?.message).toContain("*** is revoked");
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
