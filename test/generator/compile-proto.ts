import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { create, fromBinary } from "@bufbuild/protobuf";
import {
  type CodeGeneratorRequest,
  CodeGeneratorRequestSchema,
  type FileDescriptorSet,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";

/** .proto sources by path. */
export type ProtoFiles = Readonly<Record<string, string>>;

/**
 * Compiles .proto sources, and what they import, with buf. They can import
 * botwire's own contracts, validate.proto and the well-known types.
 */
export function compileProto(files: ProtoFiles): FileDescriptorSet {
  const key = JSON.stringify(files);
  const known = compiled.get(key);
  const set = known ?? build(files);
  compiled.set(key, set);
  return set;
}

/** What buf would send to a plugin with `strategy: all`. */
export function generatorRequest(files: ProtoFiles, parameter = ""): CodeGeneratorRequest {
  const { file } = compileProto(files);
  const fileToGenerate = Object.keys(files).sort();
  return create(CodeGeneratorRequestSchema, {
    fileToGenerate,
    parameter,
    protoFile: file,
    sourceFileDescriptors: file.filter(({ name }) => fileToGenerate.includes(name)),
  });
}

const compiled = new Map<string, FileDescriptorSet>();

function build(files: ProtoFiles): FileDescriptorSet {
  const folder = mkdtempSync(join(tmpdir(), "botwire-proto-"));
  try {
    cpSync("proto/bot", join(folder, "bot"), { recursive: true });
    cpSync("vendor/buf", join(folder, "buf"), { recursive: true });
    for (const [path, source] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
    const paths = Object.keys(files).flatMap((path) => ["--path", path]);
    const args = ["build", "--as-file-descriptor-set", "--output=-#format=binpb", ...paths];
    const { status, stdout, stderr } = spawnSync("buf", args, {
      cwd: folder,
      maxBuffer: 1 << 28,
    });
    if (status !== 0) {
      throw new Error(`buf build: ${stderr}`);
    }
    return fromBinary(FileDescriptorSetSchema, stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
