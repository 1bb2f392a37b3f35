import type { DescriptorProto, FileDescriptorProto } from "@bufbuild/protobuf/wkt";

/** Gives a file another package, so that it can be compiled together with others like it. */
export function movePackage(file: FileDescriptorProto, name: string): void {
  for (const message of file.messageType) {
    moveTypes(message, `.${file.package}.`, `.${name}.`);
  }
  file.package = name;
}

function moveTypes({ field, nestedType }: DescriptorProto, from: string, to: string): void {
  for (const each of field) {
    if (each.typeName.startsWith(from)) {
      each.typeName = to + each.typeName.slice(from.length);
    }
  }
  for (const nested of nestedType) {
    moveTypes(nested, from, to);
  }
}
