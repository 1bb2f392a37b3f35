import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { version } from "../../src/generator/version.ts";
import { runPlugin } from "./run-plugin.ts";

// Everything that is generated from the .proto files below test/golden, to be
// read by people when it changes: `npx vitest run test/generator/golden -u`.
describe.each([
  { name: "shop", parameter: "" },
  { name: "shop", parameter: "model=protobuf-es,import_extension=js" },
  { name: "hostile", parameter: "" },
])("$name with options '$parameter'", ({ name, parameter }) => {
  const folder = join("test", "golden", name);
  const protos = globSync("**/*.proto", { cwd: folder }).sort();
  const outputs = runPlugin(
    Object.fromEntries(protos.map((path) => [path, readFileSync(join(folder, path), "utf8")])),
    parameter,
  );
  const model = parameter.startsWith("model=protobuf-es") ? "protobuf-es" : "ts-proto";

  it.each(Object.entries(outputs))("%s", async (path, content) => {
    const golden = resolve(folder, model, `${path}.golden`);
    await expect(content.replaceAll(version, "<version>")).toMatchFileSnapshot(golden);
  });

  it("is all that is kept", () => {
    expect(globSync("**/*.golden", { cwd: join(folder, model) }).sort()).toEqual(
      Object.keys(outputs)
        .map((path) => `${path}.golden`)
        .sort(),
    );
  });
});
