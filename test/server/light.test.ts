import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

describe("a server that listens", () => {
  it("has loaded nothing of Node that a callback does not need", () => {
    const file = fileURLToPath(new URL("light-bot.ts", import.meta.url));
    const args = ["-C", "@botwire/source", file];
    const loaded: string[] = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
    expect(loaded).toContain("NativeModule http");
    const heavy = ["dns", "http2", "tls", "zlib", "internal/deps/undici/undici"];
    expect(heavy.filter((name) => loaded.includes(`NativeModule ${name}`))).toEqual([]);
  });
});
