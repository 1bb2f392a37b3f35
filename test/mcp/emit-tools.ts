import { stripTypeScriptTypes } from "node:module";
import type { ToolSet } from "botwire";
import { protocGenBotwireSpec } from "../../src/generator/documents/plugin.ts";
import { generatorRequest, type ProtoFiles } from "../generator/compile-proto.ts";

/** The modules that are generated for the MCP door, by path. */
export function emitTools(files: ProtoFiles): Readonly<Record<string, string>> {
  const { file } = protocGenBotwireSpec.run(generatorRequest(files, "target=mcp"));
  return Object.fromEntries(file.map(({ name, content }) => [name, content]));
}

/** Generates and loads the tools of all services. */
export async function loadTools(files: ProtoFiles): Promise<Readonly<Record<string, ToolSet>>> {
  const modules = await Promise.all(
    Object.values(emitTools(files)).map((source) => {
      const code = stripTypeScriptTypes(source);
      return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
    }),
  );
  return Object.assign({}, ...modules);
}
