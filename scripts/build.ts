// Compiles src/ and the package's own stubs to dist/, ready to be packed.
import { rmSync } from "node:fs";
import { run } from "./run.ts";

rmSync("dist", { recursive: true, force: true });
run("tsc", ["-p", "tsconfig.build.json"]);
