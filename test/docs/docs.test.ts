import { readdirSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeBlocks, section } from "../../scripts/markdown-blocks.ts";
import { run } from "../interop/command.ts";
import { type ServerProcess, startServer } from "../interop/server-process.ts";
import { curl, describeWith, openssl } from "../interop/tools.ts";

// The code in docs/ is compiled, and its commands are run. (Those of the README
// are run by scripts/try-package.ts.)

const pages = readdirSync("docs").map((name) => ({
  name,
  text: readFileSync(join("docs", name), "utf8"),
}));

describe("TypeScript in docs/", () => {
  // Below the package, so that it can import itself by name.
  const folder = ".cache/docs-check";
  beforeAll(() => mkdir(folder, { recursive: true }));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("compiles", async () => {
    const config = {
      extends: "../../tsconfig.json",
      compilerOptions: { noUnusedLocals: false },
      include: ["*.ts"],
    };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
    let count = 0;
    for (const { name, text } of [...pages, { name: "README.md", text: readme() }]) {
      for (const block of codeBlocks(
        name === "README.md" ? section(text, "## On a platform") : text,
      )) {
        if (block.language === "ts") {
          count++;
          const code = `${block.hidden}${block.text}export {};\n`;
          await writeFile(
            join(folder, `${name}-${count}.ts`),
            code.replace(/"\.\/(?=generated|examples)/g, `"../../`),
          );
        }
      }
    }
    expect(count).toBeGreaterThan(5);
    const { stdout } = await run("node_modules/.bin/tsc", ["-p", folder]);
    expect(stdout).toBe("");
  });

  test("links lead somewhere", () => {
    for (const { name, text } of [...pages, { name: "../README.md", text: readme() }]) {
      const base = new URL(name, "file:///docs/");
      for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
        const { pathname, hash } = new URL(target, base);
        const path = pathname.slice(1);
        const found = path.endsWith(".md") ? readFileSync(path, "utf8") : "";
        expect(
          [readdirSync(join(path, "..")).includes(path.split("/").at(-1) ?? ""), anchors(found)],
          `${target} in ${name}`,
        ).toEqual([true, hash === "" ? expect.anything() : expect.arrayContaining([hash])]);
      }
    }
  });
});

function readme(): string {
  return readFileSync("README.md", "utf8");
}

/** The anchors that the headings of a page get. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(
    ([, heading = ""]) =>
      `#${heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replaceAll(" ", "-")}`,
  );
}

await describeWith([curl, openssl], "commands in docs/doors.md", () => {
  const secrets = { COZE_WEBHOOK_SECRET: "a secret", TOOL_API_KEY: "key" };
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer("examples/almanac/server.ts", secrets);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const commands = codeBlocks(readFileSync("docs/doors.md", "utf8"))
    .filter(({ language }) => language === "sh")
    .map(({ text }) => text);

  test.each(commands)("%s", async (text) => {
    const env = Object.entries(secrets).map(([name, value]) => `export ${name}='${value}'\n`);
    const script = env.join("") + text.replaceAll("http://localhost:8080", server.url);
    const { stdout, stderr, status } = await run("sh", ["-e", "-c", script]);
    expect({ status, stdout, stderr }).toMatchObject({
      status: 0,
      stdout: expect.not.stringContaining("error"),
    });
    expect(stdout).not.toBe("");
  });
});
