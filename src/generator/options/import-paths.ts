import { posix } from "node:path";
import type { DescFile } from "@bufbuild/protobuf";
import type { ModelPaths } from "../message-model/message-model.ts";
import type { BotwireOptions } from "./botwire-options.ts";
import type { Mapping } from "./option-spec.ts";

/**
 * Where the modules of a .proto file are, without suffix and extension:
 * relative to the plugin's output (`./../types/foo/v1/bar`), or a package's
 * (`botwire/gen/types/bot/action/v1/action`).
 */
export interface ImportPaths extends ModelPaths {
  /** This plugin's own output. */
  actions(file: DescFile): string;
  /** What protoc-gen-es writes. */
  es(file: DescFile): string;
}

/** The contracts that botwire's package ships, with everything generated for them. */
const shipped: readonly Mapping[] = [
  { pattern: "bot/action/v1/", target: "botwire/gen" },
  { pattern: "bot/coze/v1/", target: "botwire/gen" },
];

/** Says where to import from, given the files that are generated in this run. */
export function createImportPaths(
  options: BotwireOptions,
  filesToGenerate: readonly DescFile[],
): ImportPaths {
  const own = new Set(filesToGenerate);
  const mappings = [...options.map_imports, ...shipped].map(({ pattern, target }) => ({
    matches: globToRegExp(pattern),
    target,
  }));
  const path = (file: DescFile, kind: string, folder: string) => {
    const mapping = own.has(file)
      ? undefined
      : mappings.find(({ matches }) => matches.test(file.proto.name));
    return mapping === undefined
      ? `./${posix.join(folder, file.name)}`
      : `${mapping.target}/${kind}/${file.name}`;
  };
  return {
    actions: (file) => path(file, "actions", "."),
    es: (file) => path(file, "es", options.es),
    types: (file) =>
      options.model === "ts-proto"
        ? path(file, "types", options.types)
        : path(file, "es", options.es),
  };
}

/** As in protoplugin's `map_imports`: `*`, `**`, and a folder for all that is in it. */
function globToRegExp(glob: string): RegExp {
  const source = (glob.endsWith("/") ? `${glob}**` : glob).replace(
    /\*\*\/|\*\*|\*|[^*]+/g,
    (part) => {
      switch (part) {
        case "**/":
          return "(?:[^/]+/)*";
        case "**":
          return ".*";
        case "*":
          return "[^/]*";
        default:
          return part.replace(/[\\^$.|?+()[\]{}/]/g, "\\$&");
      }
    },
  );
  return new RegExp(`^${source}$`);
}
