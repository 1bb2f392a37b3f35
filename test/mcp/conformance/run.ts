import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { silentLogger } from "botwire";
import { mcpDoor } from "botwire/mcp";
import { createBotServer } from "botwire/node";
import { type Revision, revisions } from "../connect.ts";
import { diagnosticBot, diagnosticTools } from "./bot.ts";
import { applies, checkApplies } from "./scenarios.ts";

/** How a check of a scenario ended. */
export interface CheckResult {
  readonly revision: Revision;
  readonly scenario: string;
  readonly id: string;
  readonly passed: boolean;
  readonly message: string;
}

/** A check as the suite writes it down. */
interface Check {
  readonly id: string;
  readonly status: "SUCCESS" | "FAILURE" | "WARNING" | "SKIPPED" | "INFO";
  readonly errorMessage?: string;
}

/**
 * Runs the official conformance suite of MCP against a server, for every
 * revision what the revision requires, and returns how the checks went that
 * apply. A warning counts as a failure.
 */
export async function checkConformance(): Promise<readonly CheckResult[]> {
  const server = createBotServer({
    actions: [diagnosticBot()],
    doors: [mcpDoor({ tools: [diagnosticTools()], unsigned: true })],
    log: silentLogger,
    ownsProcess: false,
    shutdownMs: 0,
  });
  const folder = await mkdtemp(join(tmpdir(), "botwire-mcp-"));
  try {
    const { port } = await server.listen({ port: 0, host: "127.0.0.1" });
    const results: CheckResult[] = [];
    for (const revision of revisions) {
      const output = join(folder, revision);
      await runSuite(`http://127.0.0.1:${port}/mcp`, revision, output);
      results.push(...(await readResults(revision, output)));
    }
    return results;
  } finally {
    await rm(folder, { recursive: true });
    await server.close();
  }
}

/** Runs the suite for `npm run conformance`. */
export async function runMcp(
  print: (line: string) => void,
): Promise<{ passed: number; failed: number }> {
  const results = await checkConformance();
  for (const { revision, scenario, id, passed, message } of results) {
    if (!passed) {
      print(`${revision} ${scenario} ${id}: ${message}`);
    }
  }
  const passed = results.filter((result) => result.passed).length;
  return { passed, failed: results.length - passed };
}

async function runSuite(url: string, revision: Revision, output: string): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/conformance/package.json",
  );
  const suite = spawn(
    process.execPath,
    [
      join(dirname(manifest), "dist", "index.js"),
      "server",
      ...["--url", url],
      ...["--requirements", revision],
      ...["--output-dir", output],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const [printed, errors] = await Promise.all([text(suite.stdout), text(suite.stderr)]);
  // Its exit code counts what does not apply, too.
  if (!printed.includes("=== SUMMARY ===")) {
    throw new Error(`the conformance suite broke off:\n${printed}${errors}`);
  }
}

async function readResults(revision: Revision, output: string): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const folder of (await readdir(output)).sort()) {
    const [, scenario] = /^server-(.+)-\d{4}-\d{2}-\d{2}T[\d-]+Z$/.exec(folder) ?? [];
    if (scenario === undefined) {
      throw new Error(`the conformance suite wrote something unknown: ${folder}`);
    }
    if (applies(scenario)) {
      const file = await readFile(join(output, folder, "checks.json"), "utf8");
      const checks: readonly Check[] = JSON.parse(file);
      for (const { id, status, errorMessage = "" } of checks) {
        if (checkApplies(id) && status !== "INFO" && status !== "SKIPPED") {
          const passed = status === "SUCCESS";
          results.push({ revision, scenario, id, passed, message: errorMessage });
        }
      }
    }
  }
  return results;
}
