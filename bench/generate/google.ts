import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = "bench/peers/node_modules/google-proto-files";

/**
 * The .proto files of Google's APIs that botwire can generate, by path. Out stay
 * services, whose methods have names that are too long for actions, files of
 * proto2 and editions, fields of descriptors and of types like google.protobuf.Api, and whatever
 * imports one of these.
 */
export function googleSchema(): ReadonlyMap<string, string> {
  const paths = globSync("**/*.proto", { cwd: root, exclude: (name) => name === "node_modules" });
  const files = new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));
  for (const [path, text] of files) {
    if (
      path.startsWith(wellKnown) ||
      !/^syntax = "proto3"/m.test(text) ||
      /^\s*service \w/m.test(text) ||
      /^import "google\/protobuf\/(?:api|type)\.proto"/m.test(text) ||
      /^\s*google\.protobuf\.\w*Descriptor\w* \w+ =/m.test(text)
    ) {
      files.delete(path);
    }
  }
  const isLost = (path: string) => !path.startsWith(wellKnown) && !files.has(path);
  let left = 0;
  while (left !== files.size) {
    left = files.size;
    for (const [path, text] of files) {
      if (importsOf(text).some(isLost)) {
        files.delete(path);
      }
    }
  }
  return files;
}

const wellKnown = "google/protobuf/";

function importsOf(text: string): readonly string[] {
  return Array.from(
    text.matchAll(/^\s*import\s+(?:public\s+|weak\s+)?"([^"]+)"/gm),
    (match) => match[1] ?? "",
  );
}
