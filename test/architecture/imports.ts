import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";

/** One import of one source file. */
export interface Import {
  /** The importing file, relative to the repository, with forward slashes. */
  readonly from: string;
  /** The imported file, likewise, or the package that is imported. */
  readonly to: string;
  /** True if only types are imported, so that nothing is loaded at run time. */
  readonly typeOnly: boolean;
}

/** All imports and re-exports of the TypeScript files below a folder. */
export function importsBelow(folder: string): Import[] {
  return filesBelow(folder).flatMap(importsOf);
}

/** All TypeScript files below a folder, with forward slashes. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name).split(sep).join("/"))
    .sort();
}

const statement =
  /^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gm;

function importsOf(file: string): Import[] {
  const source = readFileSync(file, "utf8");
  return [...source.matchAll(statement)].map((match) => {
    const specifier = match[2] ?? match[3] ?? "";
    const to = specifier.startsWith(".")
      ? posix.normalize(posix.join(posix.dirname(file), specifier))
      : specifier;
    return {
      from: relative(".", file).split(sep).join("/") || dirname(file),
      to,
      typeOnly: match[1] !== undefined,
    };
  });
}
