import { type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import {
  type FileDescriptorProto,
  file_google_protobuf_any,
  file_google_protobuf_descriptor,
  file_google_protobuf_duration,
  file_google_protobuf_field_mask,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { Validator } from "../../../src/runtime/validate/validator.ts";
import { generateValidators } from "../support/generated-validators.ts";
import { writeMessageTypes } from "../support/message-types.ts";
import type { ModuleFolder } from "../support/module-folder.ts";
import { predefinedFile } from "./predefined-rules.ts";

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

const wellKnown = [
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_field_mask,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
].map(({ proto }) => proto);

/** Generates the validators of all messages of a file: of proto3, for both message models. */
export async function prepareSubjects(
  folders: { readonly es: ModuleFolder; readonly plain: ModuleFolder },
  file: FileDescriptorProto,
): Promise<Subject[]> {
  const files = [
    file_google_protobuf_descriptor.proto,
    ...wellKnown,
    file_buf_validate_validate.proto,
    predefinedFile,
    file,
  ];
  const es = generateValidators(folders.es, "protobuf-es", files, [file.name]);
  const messages = file.messageType.flatMap(({ name }) => {
    const desc = es.registry.getMessage(`${file.package}.${name}`);
    return desc === undefined ? [] : [desc];
  });
  const plain =
    file.syntax === "proto3" ? await preparePlain(folders.plain, files, file) : undefined;
  return Promise.all(
    messages.map(async (desc) => ({
      desc,
      validator: await es.validatorOf(desc),
      problems: es.problemsOf(desc),
      ...(plain && { plain: await plain(desc) }),
    })),
  );
}

async function preparePlain(
  folder: ModuleFolder,
  files: FileDescriptorProto[],
  file: FileDescriptorProto,
) {
  const own = [...wellKnown.map(({ name }) => name), file.name];
  writeMessageTypes(folder, "ts-proto", files, own);
  const validators = generateValidators(folder, "ts-proto", files, [file.name]);
  const types = await folder.load(`types/${file.name.replace(/\.proto$/, ".ts")}`);
  return async (desc: DescMessage) => {
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
