// Compiles src/ and the package's own stubs to dist/, ready to be packed.
import { rmSync } from "node:fs";
import { build } from "esbuild";
import { run } from "./run.ts";

const plugins = "dist/src/generator";

rmSync("dist", { recursive: true, force: true });
run("tsc", ["-p", "tsconfig.build.json"]);

// The plugins are started often and export nothing: two hundred small modules
// would take longer to load than to run.
rmSync(plugins, { recursive: true });
await build({
  entryPoints: ["src/generator/protoc-gen-botwire.ts", "src/generator/protoc-gen-botwire-spec.ts"],
  outdir: plugins,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22",
  packages: "external",
  logLevel: "warning",
});
