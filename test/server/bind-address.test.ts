import { afterEach, describe, expect, it, vi } from "vitest";
import { bindAddress } from "../../src/runtime/server/bind-address.ts";
import { run } from "./run-bot.ts";
import { post } from "./start.ts";

/** As in a process that no other one started, unless it has a channel to that. */
function asProcess(channel?: object): void {
  vi.spyOn(process, "channel", "get").mockReturnValue(channel as typeof process.channel);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("binding an address", () => {
  it("takes a free port", () => {
    asProcess();
    const bound = bindAddress("127.0.0.1", 0);
    expect(bound?.address()).toEqual({
      address: "127.0.0.1",
      family: "IPv4",
      port: expect.any(Number),
    });
    bound?.close();
  });

  it.each([
    undefined,
    "localhost",
    "::1",
    "127.1",
    "127.0.0.1 ",
    "127.0.0.256",
    "127.0.0.01",
    "1.1.1.1.1",
    "1e0.0.0.0",
  ])("leaves %j to Node", (host) => {
    asProcess();
    expect(bindAddress(host, 0)).toBeUndefined();
  });

  it("is left to Node where the socket may be another process's", () => {
    asProcess({});
    expect(bindAddress("127.0.0.1", 0)).toBeUndefined();
  });
});

describe("a process that listens on an address", () => {
  it("answers", async () => {
    const { url } = await run();
    const answer = await post(`${url}/actions/echo`, { text: "here" });
    expect(await answer.json()).toEqual({ text: "here" });
  });

  it("says that its port is taken", async () => {
    const { port } = new URL((await run()).url);
    await expect(run("--port", port)).rejects.toThrow(
      `port ${port} of "127.0.0.1" is taken: stop the program that listens there`,
    );
  });
});
