import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** One file of JavaScript, and what went into it. */
export interface Bundle {
  readonly code: string;
  /** The paths of all source files, relative to the repository. */
  readonly inputs: readonly string[];
}

/**
 * Bundles a module of this folder from botwire's sources, under the conditions
 * that a platform's own tools set. Nothing of Node is available.
 */
export async function bundle(file: string, conditions: readonly string[]): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2024",
    platform: "browser",
    conditions: ["@botwire/source", ...conditions],
    logLevel: "silent",
  });
  const [output] = outputFiles;
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [path] : [],
    ),
  );
  return { code: output?.text ?? "", inputs: used };
}
