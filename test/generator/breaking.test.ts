import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

const script = resolve("scripts/breaking.ts");
let folder = "";
// Where the script makes its own temporary folders.
let temporary = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "botwire-breaking-test-"));
  temporary = join(folder, "tmp");
  mkdirSync(temporary);
  mkdirSync(join(folder, "proto"));
  cpSync("vendor", join(folder, "vendor"), { recursive: true });
  writeFileSync(join(folder, ".gitignore"), "vendor/\ntmp/\n");
  writeFileSync(
    join(folder, "buf.yaml"),
    "version: v2\nmodules:\n  - path: proto\n  - path: vendor\n",
  );
  git("init", "-q");
});

afterEach(() => {
  // Nothing is left behind, whatever the outcome was.
  expect(readdirSync(temporary)).toEqual([]);
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
  rmSync(folder, { recursive: true, force: true });
});

it("compares with the parent commit until there is a release", () => {
  commit("string name = 1;");
  commit("string name = 1; string color = 2;");
  expect(breaking()).toMatchObject({
    status: 0,
    output: expect.stringMatching(/^Comparing proto\/ with [0-9a-f]{40}\n$/),
  });
  commit("string name = 1; bool color = 2;");
  expect(breaking()).toMatchObject({
    status: 100,
    output: expect.stringMatching(/Field "2" .*"color".* changed type/),
  });
});

it("compares with the last release", () => {
  commit("string name = 1;");
  git("tag", "v0.1.0");
  commit("bool name = 1;");
  commit("bool name = 1; string color = 2;");
  expect(breaking()).toMatchObject({
    status: 100,
    output: expect.stringMatching(/^Comparing proto\/ with v0\.1\.0\n/),
  });
});

it("compares a release with the one before", () => {
  commit("string name = 1;");
  git("tag", "v0.1.0");
  commit("bool name = 1;");
  git("tag", "v0.2.0");
  expect(breaking()).toMatchObject({
    status: 100,
    output: expect.stringMatching(/^Comparing proto\/ with v0\.1\.0\n/),
  });
});

it("says loudly that a first commit has nothing to compare with", () => {
  commit("string name = 1;");
  expect(breaking()).toEqual({
    status: 0,
    output:
      "SKIPPED: contracts were not compared with older ones, because there is no commit before this one\n",
  });
});

function commit(fields: string): void {
  const source = `syntax = "proto3"; package zoo.v1; import "buf/validate/validate.proto";
    message Animal { ${fields} option (buf.validate.message).cel = { id: "a" expression: "true" }; }`;
  writeFileSync(join(folder, "proto", "zoo.proto"), source);
  git("add", "-A");
  git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-q", "-m", "Change");
}

function breaking(): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("node", [script], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, TMPDIR: temporary },
  });
  return { status, output: stdout + stderr };
}

function git(...args: readonly string[]): string {
  return spawnSync("git", args, { cwd: folder, encoding: "utf8" }).stdout;
}
