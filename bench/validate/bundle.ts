import { build } from "esbuild";

/** Bundles and minifies a module of the given source, as it would go to a browser. */
export async function bundle(source: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["@botwire/source", "import"],
    target: "es2022",
    logLevel: "error",
  });
  const [file] = outputFiles;
  if (file === undefined) {
    throw new Error("esbuild wrote nothing");
  }
  return file.contents;
}
