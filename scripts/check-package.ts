// Builds and packs the package, checks the tarball, and tries it as a user
// would: installed into an empty project.
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { run } from "./run.ts";

run("npm", ["run", "--silent", "build"]);
run("node", ["scripts/pack.ts"]);

const folder = join("dist", "package");
const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
if (tarball === undefined) {
  console.error(`npm pack left no tarball in ${folder}`);
  process.exit(1);
}
const path = resolve(folder, tarball);
run("publint", ["--strict", path]);
run("attw", ["--profile", "esm-only", path]);
run("node", ["scripts/try-package.ts", path]);
