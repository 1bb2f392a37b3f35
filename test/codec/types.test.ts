import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generate } from "./generate.ts";

test("generated code compiles under the strictest flags", { timeout: 120_000 }, () => {
  const folder = generate();
  const config = mkdtempSync(join(folder, "types-"));
  try {
    writeFileSync(
      join(config, "tsconfig.json"),
      JSON.stringify({
        extends: "../../../../../tsconfig.json",
        compilerOptions: { isolatedDeclarations: false, noEmit: true },
        exclude: [],
        include: ["../ts-proto", "../compact", "../protobuf-es", "../types", "../es"],
      }),
    );
    const { stdout } = spawnSync("node_modules/.bin/tsc", ["-p", config], { encoding: "utf8" });
    // Sources of botwire are compiled as well, but are not what is tested here.
    const errors = stdout.split("\n").filter((line) => line.includes(folder));
    expect(errors).toEqual([]);
  } finally {
    rmSync(config, { recursive: true });
  }
});
