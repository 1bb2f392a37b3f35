import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** A temporary folder of TypeScript modules that import botwire and its dependencies. */
export interface ModuleFolder {
  readonly path: string;
  write(name: string, content: string): void;
  /** Loads a module of the folder. */
  load(name: string): Promise<Readonly<Record<string, unknown>>>;
  remove(): void;
}

/** Makes a folder outside of the repository, so that no tool takes its files for sources. */
export function createModuleFolder(): ModuleFolder {
  const path = mkdtempSync(join(tmpdir(), "botwire-modules-"));
  const packages = join(path, "node_modules");
  mkdirSync(packages);
  symlinkSync(resolve("."), join(packages, "botwire"));
  symlinkSync(resolve("node_modules/@bufbuild"), join(packages, "@bufbuild"));
  writeFileSync(join(path, "package.json"), '{ "type": "module" }');
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    },
    load: (name) => import(/* @vite-ignore */ pathToFileURL(join(path, name)).href),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
