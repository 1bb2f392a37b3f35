import { ActionError, buildMiddlewareChain, type MiddlewareContext } from "botwire";
import { authGuard } from "botwire/middleware";
import { toolDoor } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { post, start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";

/** Answers who calls. */
const whoami = noteBot({
  echo: (_, { userId, authenticated }) => ({ text: `${userId} ${authenticated}` }),
});

const verifyToken = (token: string) => {
  if (token === "broken") {
    throw new Error("the key server is down");
  }
  return token.startsWith("user-") ? { userId: token } : undefined;
};

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("authGuard", () => {
  it("lets a caller pass whose token is known, and says who it is", async () => {
    const { url } = await start({ bot: whoami, middleware: [authGuard({ verifyToken })] });
    const response = await post(`${url}/actions/echo`, {}, bearer("user-ann"));
    expect([response.status, await response.json()]).toEqual([200, { text: "user-ann true" }]);
  });

  it.each([
    ["no token", {}, 401, "unauthenticated", "Bearer"],
    ["an unknown token", bearer("x"), 401, "unauthenticated", 'Bearer error="invalid_token"'],
    ["a token that nobody can check", bearer("broken"), 503, "unavailable", null],
  ])("refuses a call with %s before it is read", async (_, headers, status, code, challenge) => {
    const { url } = await start({ bot: whoami, middleware: [authGuard({ verifyToken })] });
    const response = await post(`${url}/actions/echo`, { zone: "unknown" }, { ...headers });
    expect(response.status).toBe(status);
    expect(response.headers.get("www-authenticate")).toBe(challenge);
    expect(await response.json()).toMatchObject({ error: { code } });
  });

  it("takes what a door has verified", async () => {
    const { url } = await start({
      bot: whoami,
      doors: [toolDoor({ apiKey: "k" })],
      middleware: [authGuard()],
    });
    const response = await post(`${url}/actions/echo`, {}, bearer("k"));
    expect(await response.json()).toEqual({ text: " true" });
  });

  it("refuses everybody whom nobody has verified, if it cannot do it either", async () => {
    const { url } = await start({ bot: whoami, middleware: [authGuard()] });
    const response = await post(`${url}/actions/echo`, {}, bearer("user-ann"));
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: {
        code: "unauthenticated",
        message: "nothing in the call proves who its caller is",
      },
    });
  });

  it("asks who may call", async () => {
    const asked: string[] = [];
    const allow = async ({ userId, action }: MiddlewareContext) => {
      asked.push(`${userId} ${action.name}`);
      if (userId === "user-late") {
        throw new ActionError("unavailable", "no permissions now");
      }
      return userId === "user-ann";
    };
    const { url } = await start({ bot: whoami, middleware: [authGuard({ verifyToken, allow })] });
    const statuses: number[] = [];
    for (const user of ["user-ann", "user-bob", "user-late"]) {
      statuses.push((await post(`${url}/actions/echo`, {}, bearer(user))).status);
    }
    expect(statuses).toEqual([200, 403, 503]);
    expect(asked).toEqual(["user-ann echo", "user-bob echo", "user-late echo"]);
  });

  it("guards some actions only, where the chain says so", async () => {
    const guard = authGuard({ verifyToken });
    const middleware = [
      buildMiddlewareChain(({ action }) => [action.name === "repeat" ? guard : null]),
    ];
    const { url } = await start({ middleware });
    const echo = await post(`${url}/actions/echo`, {});
    const repeat = await post(`${url}/actions/repeat`, {}, { accept: "text/event-stream" });
    expect([echo.status, repeat.status]).toEqual([200, 401]);
  });
});
