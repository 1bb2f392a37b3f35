import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import {
  type Code,
  type CodeScope,
  constantValue,
  printCode,
} from "../../../src/generator/code.ts";
import type { Boxed } from "../../../src/runtime/validate/cel/boxed.ts";

/** A compiled expression as a function of its variables. */
export type Evaluate = (bindings: Readonly<Record<string, unknown>>) => Boxed;

/** Makes functions of expressions, as a generated module would have them. */
export async function evaluators(expressions: readonly Code[]): Promise<Evaluate[]> {
  const imports = new Map<string, Set<string>>();
  const constants = new Map<string, string>();
  const declarations: string[] = [];
  const scope: CodeScope = {
    import({ name, from }) {
      imports.set(from, (imports.get(from) ?? new Set()).add(name));
      return name;
    },
    type: () => "never",
    constant(constant) {
      const key = constant.key ?? printCode(scope, constantValue(constant));
      let name = constants.get(key);
      if (name === undefined) {
        name = `$${constant.hint}${constants.size}`;
        constants.set(key, name);
        declarations.push(`const ${name} = ${printCode(scope, constantValue(constant))};`);
      }
      return name;
    },
  };
  const lines = expressions.map((text) => `(b) => ${body(printCode(scope, text))},`);
  const heads = Array.from(
    imports,
    ([from, names]) => `import { ${[...names].join(", ")} } from "${from}";`,
  );
  const source = [...heads, ...declarations, "export default [", ...lines, "];"].join("\n");
  return load(await bundle(source));
}

/** Imports a module from a file: an error in one that is a data: URL would print all of it. */
async function load(source: Uint8Array): Promise<Evaluate[]> {
  const folder = mkdtempSync(join(tmpdir(), "botwire-cel-"));
  try {
    const file = join(folder, "expressions.mjs");
    writeFileSync(file, source);
    const module: { default: Evaluate[] } = await import(pathToFileURL(file).href);
    return module.default;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function body(text: string): string {
  return text.startsWith("{") ? `(${text})` : text;
}

async function bundle(contents: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, loader: "ts", resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "silent",
    conditions: ["@botwire/source"],
  });
  const [file] = outputFiles;
  return file?.contents ?? new Uint8Array();
}
