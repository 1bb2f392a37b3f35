import { protocGenBotwire } from "../../src/generator/plugin.ts";
import { generatorRequest, type ProtoFiles } from "./compile-proto.ts";

/**
 * Runs protoc-gen-botwire in this process, and returns what it generates by
 * path. Throws what the plugin throws.
 */
export function runPlugin(files: ProtoFiles, parameter = ""): Record<string, string> {
  const response = protocGenBotwire.run(generatorRequest(files, parameter));
  return Object.fromEntries(response.file.map(({ name, content }) => [name, content]));
}

/** The message of the error that the plugin throws for these files. */
export function pluginError(files: ProtoFiles, parameter = ""): string {
  try {
    runPlugin(files, parameter);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("the plugin generates these files without an error");
}
