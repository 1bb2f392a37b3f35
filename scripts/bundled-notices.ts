import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What has to come with a bundle: for every package in it, its name, version
 * and license, and the notices that its files begin with, which bundling drops.
 *
 * @param inputs the paths of all files in the bundle
 */
export function bundledNotices(inputs: readonly string[]): string {
  const packages = new Map<string, Set<string>>();
  for (const input of inputs) {
    const [folder] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(input) ?? [];
    if (folder !== undefined) {
      const [notice] = /^(?:\/\/.*\n)+/.exec(readFileSync(input, "utf8")) ?? [];
      packages.set(folder, (packages.get(folder) ?? new Set()).add(notice ?? ""));
    }
  }
  const notices = Array.from(packages, ([folder, headers]) => {
    const manifest: Record<"name" | "version" | "license", string> = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    );
    const text = join(folder, "LICENSE");
    return [
      `${manifest.name} ${manifest.version}, ${manifest.license}\n`,
      ...Array.from(headers, (header) => header.replaceAll(/^\/\/ ?/gm, "")),
      existsSync(text) ? readFileSync(text, "utf8") : "",
    ]
      .filter((part) => part !== "")
      .join("\n");
  });
  return `The programs in this folder contain these packages.\n\n${notices.sort().join("\n\n")}`;
}
