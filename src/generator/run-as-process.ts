import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { create, toBinary } from "@bufbuild/protobuf";
import { type CodeGeneratorResponse, CodeGeneratorResponseSchema } from "@bufbuild/protobuf/wkt";
import type { Plugin } from "@bufbuild/protoplugin";
import { readRequest } from "./read-request.ts";

/**
 * Runs a plugin as this process: a code generator request comes in on stdin,
 * and the response goes out on stdout. What the plugin throws is written to
 * stderr, and the process fails.
 */
export async function runAsProcess(plugin: Plugin): Promise<void> {
  const [argument] = process.argv.slice(2);
  if (argument === "--version" || argument === "-v") {
    process.stdout.write(`${plugin.name} ${plugin.version}\n`);
    return;
  }
  try {
    if (argument !== undefined) {
      throw new Error(`unknown argument ${argument}: buf starts this plugin, see buf.gen.yaml`);
    }
    const response = plugin.run(readRequest(await buffer(process.stdin)));
    await pipeline(Readable.from(partsOf(response)), process.stdout);
  } catch (error) {
    process.stderr.write(`${plugin.name}: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}

/**
 * A response in binary, file by file. Messages that follow each other are read
 * as one that has the files of all: so there is never a second copy of them all.
 */
function* partsOf(response: CodeGeneratorResponse): Iterable<Uint8Array> {
  const files = response.file;
  response.file = [];
  yield toBinary(CodeGeneratorResponseSchema, response);
  for (const file of files) {
    yield toBinary(
      CodeGeneratorResponseSchema,
      create(CodeGeneratorResponseSchema, { file: [file] }),
    );
  }
}
