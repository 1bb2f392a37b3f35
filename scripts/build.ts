// Compiles src/ and the package's own stubs to dist/, ready to be packed.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { bundledNotices } from "./bundled-notices.ts";
import { run } from "./run.ts";

const plugins = "dist/src/generator";

/**
 * Keeps a whole TypeScript out, with which protoplugin can compile what is
 * printed to JavaScript. It would take longer to load than all else together,
 * and botwire's plugins print TypeScript only.
 */
const withoutTypeScript: Plugin = {
  name: "without-typescript",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]protoplugin[\\/].*[\\/]transpile\.js$/ }, () => ({
      contents: `export function transpile() { throw new Error("only TypeScript is printed"); }`,
    }));
  },
};

rmSync("dist", { recursive: true, force: true });
run("tsc", ["-p", "tsconfig.build.json"]);

// The plugins are started often and export nothing: four hundred small modules
// would take longer to load than to run.
rmSync(plugins, { recursive: true });
const { metafile } = await build({
  entryPoints: ["src/generator/protoc-gen-botwire.ts", "src/generator/protoc-gen-botwire-spec.ts"],
  outdir: plugins,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22",
  plugins: [withoutTypeScript],
  metafile: true,
  logLevel: "warning",
});
const inputs = Object.keys(metafile.inputs);
if (inputs.some((path) => /[\\/]node_modules[\\/]typescript[\\/]/.test(path))) {
  throw new Error("the plugins contain TypeScript: mend withoutTypeScript in scripts/build.ts");
}
writeFileSync(join(plugins, "THIRD-PARTY-NOTICES"), bundledNotices(inputs));
