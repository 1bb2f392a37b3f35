import { type CallerProfile, callerProfile } from "botwire/middleware";
import { describe, expect, it } from "vitest";
import { keepLog, post, start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";

const bot = noteBot({
  echo: (_, { locale, deviceClass }) => ({ text: `${locale} ${deviceClass}` }),
});

async function serverWith(
  load: (user: string) => Promise<CallerProfile | undefined>,
  options?: Parameters<typeof callerProfile>[1],
) {
  const { log, lines } = keepLog();
  const middleware = [callerProfile(({ userId }) => load(userId), options)];
  const { url } = await start({ bot, log, middleware });
  const call = async (userId: string, headers: Record<string, string> = {}, said = {}) => {
    const callback = { action: "echo", user_id: userId, ...said };
    const { data } = await (await post(`${url}/coze_callback`, callback, headers)).json();
    return data.text;
  };
  return { call, lines };
}

describe("callerProfile", () => {
  const load = async (user: string) =>
    user === "ann" ? { locale: "fr-FR", deviceClass: "mobile" } : undefined;

  it("goes before headers, and behind what the call says", async () => {
    const { call } = await serverWith(load);
    const german = { "accept-language": "de" };
    expect(await call("ann")).toBe("fr-FR mobile");
    expect(await call("ann", german)).toBe("fr-FR mobile");
    expect(await call("ann", german, { locale: "ja" })).toBe("ja mobile");
    expect(await call("bob", german)).toBe("de ");
    expect(await call("", german)).toBe("de ");
  });

  it("loads once for many calls, and again when it is old", async () => {
    let loads = 0;
    const { call } = await serverWith(async () => ({ locale: `x-${++loads}` }), { ttlMs: 1500 });
    await Promise.all(Array.from({ length: 20 }, () => call("ann")));
    expect(loads).toBe(1);
    await expect.poll(() => call("ann"), { timeout: 5000 }).toBe("x-2 ");
  });

  it("keeps no more profiles than it may", async () => {
    const loads: string[] = [];
    const { call } = await serverWith(
      async (user) => {
        loads.push(user);
        return {};
      },
      { maxCallers: 2 },
    );
    for (const user of ["a", "b", "c", "b", "a"]) {
      await call(user);
    }
    expect(loads).toEqual(["a", "b", "c", "a"]);
  });

  it("is not waited for forever, nor are all calls of its user", async () => {
    let hangs = true;
    const { call, lines } = await serverWith(
      () => (hangs ? new Promise(() => {}) : Promise.resolve({ locale: "fr" })),
      { timeoutMs: 50 },
    );
    expect(await call("ann")).toBe(" ");
    expect(lines.map(({ message }) => message)).toContain(
      "the caller's profile could not be loaded",
    );
    hangs = false;
    expect(await call("ann")).toBe("fr ");
  });

  it("is worth a line in the log if it cannot be loaded, and is tried again", async () => {
    let down = true;
    const { call, lines } = await serverWith(async () => {
      if (down) {
        throw new Error("down");
      }
      return { locale: "fr" };
    });
    expect(await call("ann")).toBe(" ");
    expect(lines.filter(({ level }) => level === "warn").map(({ message }) => message)).toEqual([
      "the caller's profile could not be loaded",
    ]);
    down = false;
    expect(await call("ann")).toBe("fr ");
  });
});
