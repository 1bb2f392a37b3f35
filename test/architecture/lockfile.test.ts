import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Lock {
  readonly packages: Readonly<Record<string, Entry>>;
}

interface Entry {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

// Where a registry does not have the packages of other platforms, "npm install"
// leaves them out of the lock file, and "npm ci" then refuses it everywhere.
test("the lock file has the optional packages of every platform", () => {
  const { packages }: Lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing, "restore these entries of package-lock.json from git").toEqual([]);
});
