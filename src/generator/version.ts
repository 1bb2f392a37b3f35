import { createRequire } from "node:module";

/** The version of this package: what generated code says it was made by. */
export const version: string = readVersion();

function readVersion(): string {
  // The package's own name resolves from the sources and from the build.
  const manifest: unknown = createRequire(import.meta.url)("botwire/package.json");
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) {
    return String(manifest.version);
  }
  throw new Error("botwire's package.json has no version");
}
