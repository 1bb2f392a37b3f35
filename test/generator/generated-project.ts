import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

/** How a project is generated. */
export interface GeneratedProjectOptions {
  /** The folders with the project's .proto files. */
  readonly protos: readonly string[];
  readonly model: "ts-proto" | "protobuf-es";
  /** How relative imports end. */
  readonly extension: "ts" | "js" | "none";
  /** A folder among them that is left out. */
  readonly without?: string;
  /** Speed unless given. */
  readonly optimizeFor?: "speed" | "code_size";
}

/**
 * Makes a project of somebody else's in an empty folder, and runs
 * `buf generate` there with all three plugins.
 */
export interface GeneratedProject {
  readonly folder: string;
  /** What `tsc` says under the strictest flags; empty if everything is fine. */
  typecheck(): string;
  remove(): void;
}

export function generateProject(options: GeneratedProjectOptions): GeneratedProject {
  const folder = mkdtempSync(join(tmpdir(), "botwire-project-"));
  const project: GeneratedProject = {
    folder,
    typecheck: () => run(folder, "tsc", "-p", "."),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  try {
    for (const protos of options.protos) {
      const filter = (path: string) => basename(path) !== options.without;
      cpSync(protos, join(folder, "protos"), { recursive: true, filter });
    }
    cpSync("proto/bot", join(folder, "botwire", "bot"), { recursive: true });
    cpSync("vendor", join(folder, "vendor"), { recursive: true });
    linkPackages(folder);
    writeJson(folder, "package.json", { name: "project", type: "module" });
    writeJson(folder, "tsconfig.json", tsconfig(options));
    writeJson(folder, "buf.yaml", {
      version: "v2",
      modules: ["protos", "botwire", "vendor"].map((path) => ({ path })),
    });
    writeJson(folder, "buf.gen.yaml", bufGen(options));
    const problems = run(folder, "buf", "generate");
    if (problems !== "") {
      throw new Error(problems);
    }
    return project;
  } catch (error) {
    project.remove();
    throw error;
  }
}

/** node_modules as npm would make it, with this repository as the package botwire. */
function linkPackages(folder: string): void {
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  symlinkSync(resolve("."), join(modules, "botwire"), "dir");
  for (const scope of ["@bufbuild", "@connectrpc", "@types"]) {
    symlinkSync(resolve("node_modules", scope), join(modules, scope), "dir");
  }
}

function tsconfig({ extension }: GeneratedProjectOptions): object {
  const bundler = extension === "none";
  return {
    extends: resolve("tsconfig.json"),
    compilerOptions: {
      module: bundler ? "esnext" : "nodenext",
      moduleResolution: bundler ? "bundler" : "nodenext",
      declaration: true,
      isolatedDeclarations: true,
    },
    include: ["generated"],
  };
}

function bufGen({ model, extension, optimizeFor = "speed" }: GeneratedProjectOptions): object {
  const suffix = extension === "none" ? "" : `.${extension}`;
  const es = {
    local: "protoc-gen-es",
    out: "generated/es",
    strategy: "all",
    opt: [
      "target=ts",
      `import_extension=${extension}`,
      "erasable_syntax=true",
      "map_imports=bot/:botwire/gen/es",
      "map_imports=buf/validate/:@bufbuild/protovalidate/gen",
    ],
  };
  const types = {
    local: "protoc-gen-ts_proto",
    out: "generated/types",
    strategy: "all",
    opt: [
      "forceLong=bigint",
      "useDate=false",
      "oneof=unions-value",
      "unrecognizedEnum=false",
      "enumsAsLiterals=true",
      "useOptionals=messages",
      "outputJsonMethods=false",
      "outputServices=none",
      "esModuleInterop=true",
      `importSuffix=${suffix}`,
      "Mbot/action/v1/action.proto=botwire/gen/types/bot/action/v1/action.js",
      "Mbot/coze/v1/callback.proto=botwire/gen/types/bot/coze/v1/callback.js",
      "Mbot/action/v1/options.proto=unused",
      "Mbuf/validate/validate.proto=unused",
      "Mgoogle/protobuf/descriptor.proto=unused",
    ],
  };
  const botwire = {
    local: ["node", resolve("src/generator/protoc-gen-botwire.ts")],
    out: "generated/actions",
    strategy: "all",
    opt: [`model=${model}`, `import_extension=${extension}`, `optimize_for=${optimizeFor}`],
  };
  return {
    version: "v2",
    inputs: [{ directory: "protos" }],
    plugins: model === "ts-proto" ? [es, types, botwire] : [es, botwire],
  };
}

function writeJson(folder: string, name: string, value: object): void {
  writeFileSync(join(folder, name), JSON.stringify(value, null, 2));
}

function run(folder: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
  return status === 0 ? "" : `${stdout}${stderr}`;
}
