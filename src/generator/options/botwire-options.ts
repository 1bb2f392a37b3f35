import type { OptionSpec, OptionValues } from "./option-spec.ts";
import { parseOptions } from "./parse-options.ts";

const specs = {
  model: {
    kind: "choice",
    description: "whose message types to use (default ts-proto)",
    values: ["ts-proto", "protobuf-es"],
  },
  optimize_for: {
    kind: "choice",
    description: "whether codecs are fast functions or small tables (default speed)",
    values: ["speed", "code_size"],
    requires: {
      option: "model",
      value: "ts-proto",
      of: "code_size",
      reason: "what is large with protobuf-es is its own library",
    },
  },
  types: {
    kind: "path",
    description: "where ts-proto writes (default ../types)",
    default: "../types",
    requires: { option: "model", value: "ts-proto" },
  },
  es: {
    kind: "path",
    description: "where protoc-gen-es writes (default ../es)",
    default: "../es",
  },
  target: {
    kind: "choice",
    description: "TypeScript is all that is printed",
    values: ["ts"],
  },
  import_extension: {
    kind: "choice",
    description: "how relative imports end (default ts)",
    values: ["ts", "js", "none"],
  },
  map_imports: {
    kind: "mapping",
    description: "a package with types/, es/ and actions/ of .proto files generated elsewhere",
    example: "acme/:@acme/contracts/gen",
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** The options of protoc-gen-botwire, every one with a value. */
export type BotwireOptions = OptionValues<typeof specs>;

/** Parses the plugin's parameter. Throws an OptionError that says what is allowed. */
export function parseBotwireOptions(parameter: string): BotwireOptions {
  return parseOptions(specs, parameter);
}

/**
 * The parameter for protoplugin: its own options with our values, and the rest
 * as it was given, because it stands at the top of every generated file.
 */
export function protopluginParameter(parameter: string, options: BotwireOptions): string {
  const others = parameter
    .split(",")
    .filter((option) => !/^\s*((target|import_extension|map_imports)(=|\s*$)|$)/.test(option));
  return [`target=${options.target}`, `import_extension=${options.import_extension}`, ...others]
    .map((option) => option.trim())
    .join(",");
}
