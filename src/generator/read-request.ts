import { fromBinary } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import {
  type CodeGeneratorRequest,
  CodeGeneratorRequestSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";

/**
 * Reads a code generator request in half of the memory that it would take as it
 * is. A request has the files to generate twice, in `sourceFileDescriptors`
 * with the options that only sources have. Here `protoFile` has these, and
 * `sourceFileDescriptors` is empty.
 */
export function readRequest(bytes: Uint8Array): CodeGeneratorRequest {
  const { protoFile, sourceFileDescriptors } = CodeGeneratorRequestSchema.field;
  const protos: Uint8Array[] = [];
  const sources = new Map<string, Uint8Array>();
  const others: Uint8Array[] = [];
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, wireType] = reader.tag();
    if (field === protoFile.number && wireType === WireType.LengthDelimited) {
      protos.push(reader.bytes());
    } else if (field === sourceFileDescriptors.number && wireType === WireType.LengthDelimited) {
      const file = reader.bytes();
      sources.set(nameOf(file), file);
    } else {
      reader.skip(wireType, field);
      others.push(bytes.subarray(start, reader.pos));
    }
  }
  const request = fromBinary(CodeGeneratorRequestSchema, Buffer.concat(others));
  request.protoFile = protos.map((file) => readFile(sources.get(nameOf(file)) ?? file));
  return request;
}

/** The name of a file that is not decoded. */
function nameOf(file: Uint8Array): string {
  const { name } = FileDescriptorProtoSchema.field;
  const reader = new BinaryReader(file);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === name.number && wireType === WireType.LengthDelimited) {
      return reader.string();
    }
    reader.skip(wireType, field);
  }
  return "";
}

function readFile(bytes: Uint8Array): FileDescriptorProto {
  const file = fromBinary(FileDescriptorProtoSchema, bytes);
  for (const location of file.sourceCodeInfo?.location ?? []) {
    // Arrays that have grown have room for more, which is most of what locations take.
    location.path = location.path.slice();
    location.span = location.span.slice();
  }
  return file;
}
