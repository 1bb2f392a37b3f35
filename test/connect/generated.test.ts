import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { generate, grpcFolder, wireFolder } from "./generate.ts";

const fresh = mkdtempSync(join(tmpdir(), "botwire-"));
afterAll(() => rmSync(fresh, { recursive: true }));

/** The files below a folder by their paths in it. */
function files(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length), readFileSync(path, "utf8")]),
  );
}

describe("the stubs in the repository", () => {
  generate(fresh);

  it.each([grpcFolder, wireFolder])("of %s are fresh: node test/connect/generate.ts", (folder) => {
    expect(files(folder)).toEqual(files(join(fresh, folder)));
  });
});
