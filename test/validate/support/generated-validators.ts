import {
  type AnyDesc,
  create,
  createFileRegistry,
  type DescFile,
  type DescMessage,
  type FileRegistry,
} from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  type FileDescriptorProto,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { createEcmaScriptPlugin } from "@bufbuild/protoplugin";
import { emitValidate } from "../../../src/generator/emit/validate/emit-validate.ts";
import { validatorName } from "../../../src/generator/emit/validate/validate-scope.ts";
import {
  type MessageModelName,
  messageModels,
} from "../../../src/generator/message-model/create-message-model.ts";
import type { Diagnostics } from "../../../src/generator/model/diagnostics.ts";
import { createRuleBook } from "../../../src/generator/model/rules/rule-book.ts";
import { parseBotwireOptions } from "../../../src/generator/options/botwire-options.ts";
import { createImportPaths } from "../../../src/generator/options/import-paths.ts";
import { noRules, type Validator } from "../../../src/runtime/validate/validator.ts";
import type { ModuleFolder } from "./module-folder.ts";

/** Validators that were generated for tests. */
export interface GeneratedValidators {
  /** The validator of a message, as a generated schema refers to it. */
  validatorOf(message: DescMessage): Promise<Validator<unknown>>;
  /** What the generator has against the rules of a message or of messages below it. */
  problemsOf(message: DescMessage): readonly string[];
  readonly registry: FileRegistry;
  /** The generated modules by their names. */
  readonly modules: ReadonlyMap<string, string>;
}

/** Generates the validators of files into a folder. */
export function generateValidators(
  folder: ModuleFolder,
  model: MessageModelName,
  protoFile: FileDescriptorProto[],
  fileToGenerate: readonly string[],
): GeneratedValidators {
  const modules = new Map<string, string>();
  const problems = new Map<DescMessage, string[]>();
  const withRules = new Set<string>();
  const response = createEcmaScriptPlugin({
    name: "test",
    version: "v0",
    parseOptions: () => parseBotwireOptions(`model=${model}`),
    generateTs(schema) {
      const files = schema.files.filter((file) => fileToGenerate.includes(file.proto.name));
      const paths = createImportPaths(schema.options, files);
      const rules = createRuleBook(schema.allFiles, recorder(problems));
      for (const file of files) {
        const f = schema.generateFile(`${file.name}.validate.ts`);
        emitValidate(f, file, rules, { model: messageModels[model](paths), paths });
        for (const message of allMessages(file)) {
          if (rules.hasRules(message)) {
            withRules.add(message.typeName);
          }
        }
      }
    },
  }).run(
    create(CodeGeneratorRequestSchema, {
      fileToGenerate: [...fileToGenerate],
      parameter: "target=ts,import_extension=ts",
      protoFile,
      sourceFileDescriptors: protoFile.filter(({ name }) => fileToGenerate.includes(name)),
    }),
  );
  for (const { name, content } of response.file) {
    modules.set(name, content);
    folder.write(`actions/${name}`, content);
  }
  const named = new Map([...problems].map(([message, texts]) => [message.typeName, texts]));
  return {
    registry: createFileRegistry(create(FileDescriptorSetSchema, { file: protoFile })),
    modules,
    async validatorOf(message) {
      if (!withRules.has(message.typeName)) {
        return noRules;
      }
      const module = await folder.load(`actions/${message.file.name}.validate.ts`);
      const found = module[validatorName(message)];
      if (!isValidator(found)) {
        throw new Error(`there is no validator for ${message.typeName}`);
      }
      return found;
    },
    problemsOf: (message) =>
      [...reachable(message)].flatMap(({ typeName }) => named.get(typeName) ?? []),
  };
}

function isValidator(value: unknown): value is Validator<unknown> {
  return typeof value === "function";
}

/** Notes by message what is wrong with its rules. */
function recorder(problems: Map<DescMessage, string[]>): Diagnostics {
  return {
    report(desc, text) {
      const message = messageOf(desc);
      problems.set(message, [...(problems.get(message) ?? []), text]);
    },
    count: 0,
    throwIfAny() {},
  };
}

function messageOf(desc: AnyDesc): DescMessage {
  if (desc.kind === "message") {
    return desc;
  }
  if (desc.kind === "field" || desc.kind === "oneof") {
    return desc.parent;
  }
  throw new Error(`a problem of ${desc.toString()}`);
}

function* allMessages(file: { readonly messages: readonly DescMessage[] } | DescFile) {
  const open: DescMessage[] = [...file.messages];
  for (let message = open.pop(); message; message = open.pop()) {
    yield message;
    open.push(...message.nestedMessages);
  }
}

/** A message, and all that its fields can hold. */
export function reachable(message: DescMessage): Set<DescMessage> {
  const found = new Set([message]);
  for (const { fields } of found) {
    for (const { message: next } of fields) {
      if (next !== undefined) {
        found.add(next);
      }
    }
  }
  return found;
}
