import { build } from "esbuild";
import { describe, expect, it } from "vitest";

/** The files and packages that a program loads, by their paths. */
async function loadedBy(program: string): Promise<readonly string[]> {
  const { metafile } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    conditions: ["@botwire/source"],
    logLevel: "silent",
  });
  const outputs = Object.values(metafile.outputs);
  return [
    ...Object.keys(metafile.inputs),
    ...outputs.flatMap(({ imports }) => imports.map(({ path }) => path)),
  ];
}

const webhookServer = `
  import { createBotServer } from "botwire/node";
  import { callbackDoor, toolDoor } from "botwire/webhook";
  export { createBotServer, callbackDoor, toolDoor };
`;

describe("a server of webhooks", () => {
  it("loads neither Connect nor protobuf-es", async () => {
    const loaded = await loadedBy(webhookServer);
    expect(loaded).toContain("src/node.ts");
    const packages = loaded.filter((path) => path.includes("node_modules"));
    expect(packages).toEqual([]);
    expect(loaded.filter((path) => path.includes("runtime/connect"))).toEqual([]);
  });

  it("loads nothing of Node behind the Fetch API", async () => {
    const loaded = await loadedBy(`
      import { createFetchHandler } from "botwire/fetch";
      import { callbackDoor, toolDoor } from "botwire/webhook";
      export { createFetchHandler, callbackDoor, toolDoor };
    `);
    expect(loaded.filter((path) => path.startsWith("node:"))).toEqual([]);
    expect(loaded.filter((path) => path.includes("node_modules"))).toEqual([]);
  });
});
