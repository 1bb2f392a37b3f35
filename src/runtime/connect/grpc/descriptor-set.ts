import type { DescExtension, DescFile, DescService, Registry } from "@bufbuild/protobuf";
import { createRegistry, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";

/** The files behind a set of services, as server reflection asks for them. */
export interface DescriptorSet {
  readonly serviceNames: readonly string[];
  /** The file of that name, for example `almanac/v1/almanac.proto`. */
  fileByName(name: string): DescFile | undefined;
  /** The file that declares a message, enum, service, extension, rpc, field or enum value. */
  fileBySymbol(symbol: string): DescFile | undefined;
  fileByExtension(extendee: string, number: number): DescFile | undefined;
  /** The numbers of all known extensions of a message; undefined if it is no known message. */
  extensionNumbers(extendee: string): readonly number[] | undefined;
}

/** Collects the files of services, and all that they import. */
export function createDescriptorSet(services: Iterable<DescService>): DescriptorSet {
  const known = [...services];
  const files = new Map<string, DescFile>();
  for (const service of known) {
    addWithImports(service.file, files);
  }
  const registry = createRegistry(...files.values());
  return {
    serviceNames: known.map((service) => service.typeName).sort(),
    fileByName: (name) => files.get(name),
    fileBySymbol: (symbol) => fileBySymbol(registry, symbol),
    fileByExtension: (extendee, number) =>
      extensionsOf(registry, extendee).find((extension) => extension.number === number)?.file,
    extensionNumbers: (extendee) =>
      registry.getMessage(extendee) === undefined
        ? undefined
        : extensionsOf(registry, extendee)
            .map((extension) => extension.number)
            .sort((a, b) => a - b),
  };
}

/** A file and all that it imports, serialized, each file once. */
export function serializeWithImports(file: DescFile): Uint8Array[] {
  const files = new Map<string, DescFile>();
  addWithImports(file, files);
  return Array.from(files.values(), ({ proto }) => toBinary(FileDescriptorProtoSchema, proto));
}

function addWithImports(file: DescFile, files: Map<string, DescFile>): void {
  if (!files.has(file.proto.name)) {
    files.set(file.proto.name, file);
    for (const dependency of file.dependencies) {
      addWithImports(dependency, files);
    }
  }
}

function fileBySymbol(registry: Registry, symbol: string): DescFile | undefined {
  const type = registry.get(symbol);
  if (type !== undefined) {
    return type.file;
  }
  // An rpc, field, oneof or enum value is named after the type that holds it;
  // a value of an enum after what surrounds the enum.
  const dot = symbol.lastIndexOf(".");
  const parent = registry.get(symbol.slice(0, Math.max(dot, 0)));
  const name = symbol.slice(dot + 1);
  switch (parent?.kind) {
    case "service":
      return parent.methods.some((method) => method.name === name) ? parent.file : undefined;
    case "message":
      return [...parent.fields, ...parent.oneofs].some((member) => member.name === name) ||
        parent.nestedEnums.some((nested) => nested.values.some((value) => value.name === name))
        ? parent.file
        : undefined;
    default:
      return undefined;
  }
}

function extensionsOf(registry: Registry, extendee: string): DescExtension[] {
  return Array.from(registry).filter(
    (type): type is DescExtension =>
      type.kind === "extension" && type.extendee.typeName === extendee,
  );
}
