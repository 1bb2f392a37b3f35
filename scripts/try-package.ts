// Tries a tarball of the package as a new user would: in an empty folder, by
// what the README says, and then with the contracts of test/newcomer, which
// have everything that is hard about names, types and comments.
//
//   node scripts/try-package.ts <tarball>
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { codeBlocks, section } from "./markdown-blocks.ts";

const [tarball] = process.argv.slice(2);
if (tarball === undefined) {
  console.error("usage: node scripts/try-package.ts <tarball>");
  process.exit(2);
}

const repository = resolve(import.meta.dirname, "..");
const project = mkdtempSync(join(tmpdir(), "botwire-newcomer-"));
const secrets = { COZE_WEBHOOK_SECRET: "secret", TOOL_API_KEY: "key" };
const tour = codeBlocks(
  section(
    readFileSync(join(repository, "README.md"), "utf8"),
    "## Five minutes, from an empty folder to a call",
  ),
);

await tryTour(resolve(tarball));
await tryZoo();
rmSync(project, { recursive: true });

/** Does what the README's tour says, in its order. */
async function tryTour(tarball: string): Promise<void> {
  const [install, generate, start, calls, ...more] = tour.filter(
    ({ language }) => language === "sh",
  );
  if (install === undefined || !generate || !start || !calls || more.length > 0) {
    throw new Error("the README's tour has other commands than this script knows");
  }
  for (const { file, text } of tour) {
    if (file !== undefined) {
      write(file, text);
    }
  }
  sh(install.text.replace("npm install botwire ", `npm install ${tarball} `));
  sh(generate.text);
  cpSync(join(repository, "test/newcomer/tsconfig.json"), join(project, "tsconfig.json"));
  sh("npx tsc -p .");
  await withServer(start.text.trim().split(" ").at(-1) ?? "", (url) => {
    sh(calls.text.replaceAll("http://localhost:8080", url));
    sh("node client.ts", { PORT: new URL(url).port });
  });
}

/** Serves and calls the contracts of the zoo. */
async function tryZoo(): Promise<void> {
  cpSync(join(repository, "test/newcomer"), project, { recursive: true });
  sh("npx buf generate");
  sh("npx tsc -p .");
  await withServer("zoo-server.ts", (url) => sh("node call-every-door.ts", { URL: url }));
}

function write(file: string, text: string): void {
  const path = join(project, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Runs commands as a shell reads them, and ends this process if one fails. */
function sh(commands: string, env: Readonly<Record<string, string>> = {}): void {
  console.log(commands.trim().replace(/^/gm, "> "));
  const { status } = spawnSync("sh", ["-e", "-c", commands], {
    cwd: project,
    env: { ...process.env, ...secrets, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) {
    console.error(`failed with status ${status}; the project is in ${project}`);
    process.exit(1);
  }
}

/** Starts a server on a free port, and stops it after the calls. */
async function withServer(script: string, call: (url: string) => void): Promise<void> {
  const server = spawn("node", [script], {
    cwd: project,
    env: { ...process.env, ...secrets, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => server.kill("SIGKILL"));
  call(await urlOf(server));
  const end = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  const status = await end;
  if (status !== 0) {
    console.error(`${script} ended with status ${status}`);
    process.exit(1);
  }
}

/** Waits for the line in which a server says where it listens. */
function urlOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("exit", (status) => reject(new Error(`the server ended with status ${status}`)));
    if (server.stdout !== null) {
      createInterface(server.stdout).on("line", (line) => {
        const [url] = /http:\/\/[\w.]+:\d+/.exec(line) ?? [];
        if (url !== undefined) {
          resolve(url);
        }
      });
    }
  });
}
