import { protocGenBotwireSpec } from "../../src/generator/documents/plugin.ts";
import { generatorRequest, type ProtoFiles } from "../generator/compile-proto.ts";

/**
 * Runs protoc-gen-botwire-spec in this process, and returns the documents by
 * path. Throws what the plugin throws.
 */
export function runSpec(files: ProtoFiles, parameter = ""): Record<string, string> {
  const response = protocGenBotwireSpec.run(generatorRequest(files, parameter));
  return Object.fromEntries(response.file.map(({ name, content }) => [name, content]));
}

/** The message of the error that the plugin throws for these files. */
export function specError(files: ProtoFiles, parameter = ""): string {
  try {
    runSpec(files, parameter);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("the plugin writes documents of these files without an error");
}
