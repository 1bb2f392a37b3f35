// Builds the tarball that is published: dist/package/*.tgz.
//
// It is packed from a copy whose package.json has no development parts: the
// condition "@botwire/source" would lead users to sources that are not shipped.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";

const staging = join("dist", "package");
rmSync(staging, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });

const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
const published = withoutKeys(manifest, [
  "@botwire/source",
  "devDependencies",
  "scripts",
  "allowScripts",
]);
writeFileSync(join(staging, "package.json"), `${JSON.stringify(published, null, 2)}\n`);

for (const path of ["dist/src", "dist/generated", "proto/bot", "vendor", "README.md", "LICENSE"]) {
  cpSync(path, join(staging, path), { recursive: true });
}
run("npm", ["pack", "--silent"], { cwd: staging });

/** A deep copy of a JSON value without the given object keys. */
function withoutKeys(value: unknown, keys: readonly string[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withoutKeys(item, keys));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !keys.includes(key))
      .map(([key, item]) => [key, withoutKeys(item, keys)]),
  );
}
