import { describe, expect, it } from "vitest";
import { keepLog, post, start } from "./start.ts";

describe("/livez", () => {
  it("says that the process runs", async () => {
    const { url } = await start();
    const response = await fetch(`${url}/livez`);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ status: "ok" });
  });

  it("answers HEAD, and nothing but GET and HEAD", async () => {
    const { url } = await start();
    const head = await fetch(`${url}/livez`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const posted = await post(`${url}/livez`, {});
    expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    expect(await posted.json()).toMatchObject({
      error: { message: "/livez is called by GET, not POST" },
    });
  });
});

describe("/readyz", () => {
  it("asks every check, and keeps the reasons to the log", async () => {
    const { log, lines } = keepLog();
    let broken = true;
    const { url } = await start({
      log,
      readiness: {
        database() {
          if (broken) {
            throw new Error("no route to 10.0.0.7");
          }
        },
        cache: async () => {},
      },
    });
    const bad = await fetch(`${url}/readyz`);
    expect(bad.status).toBe(503);
    const text = await bad.text();
    expect(JSON.parse(text)).toEqual({
      status: "not ready",
      checks: { database: "failed", cache: "ok" },
    });
    expect(lines.map(({ message }) => message)).toContain("a readiness check failed");
    broken = false;
    const good = await fetch(`${url}/readyz`);
    expect([good.status, await good.json()]).toEqual([
      200,
      { status: "ready", checks: { database: "ok", cache: "ok" } },
    ]);
  });

  it("does not wait for a check that hangs", async () => {
    const { url } = await start({ readiness: { hung: () => new Promise(() => {}) } });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ checks: { hung: "failed" } });
  });
});

describe("another path", () => {
  it("is answered with what there is", async () => {
    const { url } = await start();
    const response = await fetch(`${url}/elsewhere?x=1`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: {
        code: "not_found",
        message:
          'nothing answers GET "/elsewhere"; this server has POST /coze_callback, POST /actions/<name>, GET /livez, GET /readyz',
        violations: [],
      },
      trace_id: response.headers.get("x-trace-id"),
    });
  });

  it.each(["/", "/coze_callback/", "/actions", "//actions/echo", "/ACTIONS/echo"])(
    "such as %s is 404",
    async (path) => {
      const { url } = await start();
      expect((await post(url + path, {})).status).toBe(404);
    },
  );
});
