import type { Claim, ReplayStore } from "botwire/webhook";
import { describe, expect, it, vi } from "vitest";
import { replayGuard } from "../../src/runtime/security/replay-guard.ts";
import { keepLog } from "../server/start.ts";

const broken: ReplayStore = {
  claim() {
    throw new Error("connection refused");
  },
};

describe("a guard whose store is down", () => {
  it("refuses calls unless it is told to accept them", async () => {
    const { log, lines } = keepLog();
    const guard = replayGuard("s", { store: broken }, log);
    await expect(guard.claim("id", "a", 1000)).rejects.toMatchObject({
      code: "unavailable",
      message: "the server cannot tell whether it saw this call before",
    });
    expect(lines).toMatchObject([
      {
        level: "error",
        message: "the replay store cannot be reached",
        fields: { calls_are: "refuse" },
      },
    ]);
    const open = replayGuard("s", { store: broken, whenDown: "accept" }, log);
    const claim = await open.claim("id", "a", 1000);
    expect(claim.fresh).toBe(true);
    await (claim.fresh && claim.settle("", 1));
    await (claim.fresh && claim.release());
    expect(lines[1]?.fields).toMatchObject({ calls_are: "accept" });
  });

  it("waits no longer for it than it is told, and gives back what it gets then", async () => {
    const { log } = keepLog();
    const late = Promise.withResolvers<Claim>();
    const guard = replayGuard("s", { store: { claim: () => late.promise }, timeoutMs: 20 }, log);
    await expect(guard.claim("id", "a", 1000)).rejects.toMatchObject({ code: "unavailable" });
    const release = vi.fn();
    late.resolve({ fresh: true, settle() {}, release });
    await vi.waitFor(() => expect(release).toHaveBeenCalledOnce());
  });

  it("logs it if the store fails at the end", async () => {
    const { log, lines } = keepLog();
    const store: ReplayStore = {
      claim: () => ({
        fresh: true,
        settle: () => Promise.reject(new Error("gone")),
        release() {
          throw new Error("gone");
        },
      }),
    };
    const claim = await replayGuard("s", { store }, log).claim("id", "a", 1000);
    await (claim.fresh && claim.settle("", 1));
    await (claim.fresh && claim.release());
    expect(lines).toHaveLength(2);
  });
});

describe("a guard", () => {
  it("keeps doors and kinds of keys apart, and long keys out", async () => {
    const claimed: string[] = [];
    const store: ReplayStore = {
      claim(key) {
        claimed.push(key);
        return { fresh: false, value: undefined };
      },
    };
    const guard = replayGuard("callback/x", { store }, keepLog().log);
    await guard.claim("id", "a", 1);
    await guard.claim("nonce", "a", 1);
    expect(claimed).toEqual(["callback/x:id:a", "callback/x:nonce:a"]);
    await expect(guard.claim("id", "x".repeat(201), 1)).rejects.toMatchObject({
      status: 400,
      message: "id is longer than 200 characters",
    });
  });
});
