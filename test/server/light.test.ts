import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** What a program of this folder prints. */
function run(name: string): unknown {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const args = ["-C", "@botwire/source", file];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

describe("a server", () => {
  it("loads nothing of Node that a callback does not need", () => {
    const loaded = run("light-bot.ts") as Record<"listening" | "answered" | "later", string[]>;
    const found = (list: readonly string[]) =>
      ["dns", "http", "http2", "tls", "zlib", "internal/deps/undici/undici"].filter((name) =>
        list.includes(`NativeModule ${name}`),
      );
    expect(loaded.listening).toContain("NativeModule net");
    expect(found(loaded.listening)).toEqual([]);
    expect(found(loaded.answered)).toEqual([]);
    expect(found(loaded.later)).toEqual(["http"]);
  });

  it("leaves connections to Node's HTTP if that is watched from when it is loaded", () => {
    expect(run("hooked-bot.ts")).toEqual({ early: "lane", later: "node", seen: ["request"] });
  });
});
