import { posix } from "node:path";
import type { DescFile } from "@bufbuild/protobuf";
import type { ModelPaths } from "../message-model/message-model.ts";
import type { BotwireOptions } from "./botwire-options.ts";

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
  /** The package that has what is generated for a file; undefined if it isn't generated elsewhere. */
  packageOf(file: DescFile): string | undefined;
}

/** Where packages keep what is generated for .proto files. */
interface Package {
  readonly pattern: string;
  readonly target: string;
  /** The folder with what this plugin generates. */
  readonly actions: string;
}

/** Says where to import from, given the files that are generated in this run. */
export function createImportPaths(
  options: BotwireOptions,
  filesToGenerate: readonly DescFile[],
): ImportPaths {
  const own = new Set(filesToGenerate);
  const packages = [
    ...options.map_imports.map((mapping) => ({ ...mapping, actions: "actions" })),
    ...shipped(options.model),
  ].map((entry) => ({ ...entry, matches: globToRegExp(entry.pattern) }));
  const find = (file: DescFile) =>
    own.has(file) ? undefined : packages.find(({ matches }) => matches.test(file.proto.name));
  const path = (file: DescFile, kind: "actions" | "types" | "es", folder: string) => {
    const found = find(file);
    return found === undefined
      ? `./${posix.join(folder, file.name)}`
      : posix.join(found.target, kind === "actions" ? found.actions : kind, file.name);
  };
  return {
    actions: (file) => path(file, "actions", "."),
    es: (file) => path(file, "es", options.es),
    packageOf: (file) => find(file)?.target,
    types: (file) =>
      options.model === "ts-proto"
        ? path(file, "types", options.types)
        : path(file, "es", options.es),
  };
}

/** The contracts that botwire's package ships, generated for the messages of both models. */
function shipped(model: BotwireOptions["model"]): readonly Package[] {
  const actions = model === "ts-proto" ? "actions" : "actions-es";
  return ["bot/action/v1/", "bot/coze/v1/", "bot/scan/v1/"].map((pattern) => ({
    pattern,
    target: "botwire/gen",
    actions,
  }));
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
