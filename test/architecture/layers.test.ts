import { describe, expect, it } from "vitest";
import { filesBelow, type Import, importsBelow } from "./imports.ts";

const imports = importsBelow("src");

/** The folders of src/runtime from the bottom up: each may import those before it. */
const layers = [
  "codec",
  "compact",
  "validate",
  "action",
  "resilience",
  "http",
  "security",
  "bots",
  "middleware",
  "jobs",
  "redis",
  "webhook",
  "documents",
  "client",
  "scan",
  "clamav",
  "coze",
  "telemetry",
  "connect",
  "mcp",
  "server",
];

const inWing = (path: string, wing: string) => path.startsWith(`src/${wing}/`);

const shown = (list: readonly Import[]) => list.map(({ from, to }) => `${from} -> ${to}`);

describe("the wings", () => {
  it("generator and runtime never import each other", () => {
    const across = imports.filter(
      ({ from, to }) =>
        (inWing(from, "generator") && inWing(to, "runtime")) ||
        (inWing(from, "runtime") && inWing(to, "generator")),
    );
    expect(shown(across)).toEqual([]);
  });

  it("ts-morph lives in the command line tool only", () => {
    const strays = imports.filter(({ from, to }) => to === "ts-morph" && !inWing(from, "cli"));
    expect(shown(strays)).toEqual([]);
  });
});

describe("the layers of the runtime", () => {
  const layerOf = (path: string) => {
    const folder = /^src\/runtime\/([^/]+)\//.exec(path)?.[1];
    return folder === undefined ? -1 : layers.indexOf(folder);
  };

  it("are all known", () => {
    const unknown = filesBelow("src/runtime").filter(
      (file) => /^src\/runtime\/[^/]+\//.test(file) && layerOf(file) < 0,
    );
    expect(unknown).toEqual([]);
  });

  it("import only what lies below them", () => {
    const upward = imports.filter(
      ({ from, to }) => inWing(to, "runtime") && layerOf(to) > layerOf(from) && layerOf(from) >= 0,
    );
    expect(shown(upward)).toEqual([]);
  });
});

describe("imports", () => {
  it("never run in a circle", () => {
    const targets = new Map<string, string[]>();
    for (const { from, to, typeOnly } of imports) {
      if (!typeOnly && to.startsWith("src/")) {
        targets.set(from, [...(targets.get(from) ?? []), to]);
      }
    }
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      const start = path.indexOf(file);
      if (start >= 0) {
        circles.push([...path.slice(start), file].join(" -> "));
      } else if (!done.has(file)) {
        for (const to of targets.get(file) ?? []) {
          visit(to, [...path, file]);
        }
        done.add(file);
      }
    };
    for (const file of targets.keys()) {
      visit(file, []);
    }
    expect(circles).toEqual([]);
  });

  it("of what runs everywhere never name Node's modules", () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (!reached.has(file)) {
        reached.add(file);
        for (const { from, to, typeOnly } of imports) {
          if (from === file && !typeOnly) {
            visit(to);
          }
        }
      }
    };
    for (const entry of [
      "index",
      "codec",
      "compact",
      "validate",
      "client",
      "webhook",
      "fetch",
      "redis",
      "resilience",
      "connect",
      "mcp",
      "scan",
    ]) {
      visit(`src/${entry}.ts`);
    }
    expect([...reached].filter((name) => name.startsWith("node:"))).toEqual([]);
  });
});
