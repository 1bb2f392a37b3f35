import {
  type DescMessage,
  type FileRegistry,
  fromBinary,
  type Message,
  toBinary,
} from "@bufbuild/protobuf";
import type { FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import type { Validator } from "../../../src/runtime/validate/validator.ts";
import { generateValidators } from "../support/generated-validators.ts";
import { writeMessageTypes } from "../support/message-types.ts";
import { createModuleFolder, type ModuleFolder } from "../support/module-folder.ts";

/** The validators of one message type. */
export interface Subject {
  readonly desc: DescMessage;
  /** Takes a message of protobuf-es. */
  readonly validator: Validator<unknown>;
  /** The same for ts-proto's messages. */
  readonly plain?: { readonly validator: Validator<unknown>; decode(input: Uint8Array): unknown };
  /** What the generator has against the rules. */
  readonly problems: readonly string[];
}

/** The folders that validators are generated into, one a message model. */
export interface SubjectFolders {
  readonly es: ModuleFolder;
  readonly plain: ModuleFolder;
}

/** Makes folders, and removes them when the work in them is done. */
export async function withSubjectFolders<T>(
  work: (folders: SubjectFolders) => Promise<T>,
): Promise<T> {
  const folders = { es: createModuleFolder(), plain: createModuleFolder() };
  try {
    return await work(folders);
  } finally {
    folders.es.remove();
    folders.plain.remove();
  }
}

/** What a fuzz compares, and what protovalidate needs to know of it. */
export interface PreparedSubjects {
  readonly registry: FileRegistry;
  /** By the names of their files. */
  readonly subjects: ReadonlyMap<string, Subject[]>;
}

/**
 * Generates the validators of all messages of files, with one run of every
 * generator; for the messages of proto3 those of both message models.
 *
 * @param files with what they import
 * @param names of the files whose messages are asked for
 */
export async function prepareSubjects(
  folders: SubjectFolders,
  files: FileDescriptorProto[],
  names: readonly string[],
): Promise<PreparedSubjects> {
  const es = generateValidators(folders.es, "protobuf-es", files, names);
  const isProto3 = new Set(
    files.flatMap(({ name, syntax }) => (syntax === "proto3" ? [name] : [])),
  );
  const plainNames = names.filter((name) => isProto3.has(name));
  const plain =
    plainNames.length === 0 ? undefined : preparePlain(folders.plain, files, plainNames);
  const subjects = new Map<string, Subject[]>();
  for (const name of names) {
    const messages = es.registry.getFile(name)?.messages ?? [];
    const prepared = messages.map(async (desc) => ({
      desc,
      validator: await es.validatorOf(desc),
      problems: es.problemsOf(desc),
      ...(isProto3.has(name) && plain && { plain: await plain(desc) }),
    }));
    subjects.set(name, await Promise.all(prepared));
  }
  return { registry: es.registry, subjects };
}

function preparePlain(
  folder: ModuleFolder,
  files: FileDescriptorProto[],
  names: readonly string[],
) {
  const wellKnown = files.flatMap(({ name }) =>
    /^google\/protobuf\/(?!descriptor)/.test(name) ? [name] : [],
  );
  writeMessageTypes(folder, "ts-proto", files, [...wellKnown, ...names]);
  const validators = generateValidators(folder, "ts-proto", files, names);
  return async (desc: DescMessage) => {
    const types = await folder.load(`types/${desc.file.name}.ts`);
    const codec = types[desc.name];
    if (!isCodec(codec)) {
      throw new Error(`ts-proto has no type for ${desc.typeName}`);
    }
    const validator = await validators.validatorOf(desc);
    return { validator, decode: (input: Uint8Array) => codec.decode(input) };
  };
}

/** A message as it is after a transport: text is well-formed, for one. */
export function overTheWire(desc: DescMessage, message: Message): [Message, Uint8Array] {
  const bytes = toBinary(desc, message);
  return [fromBinary(desc, bytes), bytes];
}

function isCodec(value: unknown): value is { decode(input: Uint8Array): unknown } {
  return typeof value === "object" && value !== null && "decode" in value;
}
