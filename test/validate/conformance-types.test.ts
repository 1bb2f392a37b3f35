import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { readFiles } from "../conformance/protovalidate/conformance-case.ts";
import { generateValidators } from "./support/generated-validators.ts";
import { writeMessageTypes } from "./support/message-types.ts";
import { createModuleFolder } from "./support/module-folder.ts";

// The suite of protovalidate has every rule on every kind of field, so that
// what is generated for it shows whether all of it fits the message types.
describe.each(["ts-proto", "protobuf-es"] as const)("validators for %s", (model) => {
  it("typecheck under the strictest flags", { timeout: 120_000 }, () => {
    const folder = createModuleFolder();
    try {
      const files = readFiles();
      const names = files.map(({ name }) => name);
      const own = names.filter((name) => /^buf\/validate\/conformance\//.test(name));
      const wellKnown = names.filter((name) => /^google\/protobuf\//.test(name));
      generateValidators(folder, model, files, own);
      writeMessageTypes(folder, model, files, model === "ts-proto" ? [...own, ...wellKnown] : own);
      folder.write(
        "tsconfig.json",
        JSON.stringify({
          extends: `${process.cwd()}/tsconfig.json`,
          compilerOptions: { types: [], erasableSyntaxOnly: model !== "ts-proto" },
          include: ["actions"],
        }),
      );
      const { stdout, status } = spawnSync("tsc", ["-p", "."], {
        cwd: folder.path,
        encoding: "utf8",
      });
      // The libraries' own output isn't held to all of our flags.
      const problems = stdout.split("\n").filter((line) => line.startsWith("actions/"));
      expect(problems).toEqual([]);
      expect(status === 0 || stdout.length > 0).toBe(true);
    } finally {
      folder.remove();
    }
  });
});
