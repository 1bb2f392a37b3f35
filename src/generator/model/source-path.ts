import type { AnyDesc, DescFile } from "@bufbuild/protobuf";
import {
  DescriptorProtoSchema,
  EnumDescriptorProtoSchema,
  EnumValueDescriptorProtoSchema,
  FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
  MethodDescriptorProtoSchema,
  OneofDescriptorProtoSchema,
  ServiceDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";

/**
 * Where a descriptor stands inside its file: field numbers and list indices
 * from FileDescriptorProto down, as in `SourceCodeInfo.Location.path`.
 */
export function sourcePath(desc: AnyDesc): readonly number[] {
  switch (desc.kind) {
    case "file":
      return [];
    case "message":
      return desc.parent === undefined
        ? [
            FileDescriptorProtoSchema.field.messageType.number,
            desc.file.proto.messageType.indexOf(desc.proto),
          ]
        : [
            ...sourcePath(desc.parent),
            DescriptorProtoSchema.field.nestedType.number,
            desc.parent.proto.nestedType.indexOf(desc.proto),
          ];
    case "enum":
      return desc.parent === undefined
        ? [
            FileDescriptorProtoSchema.field.enumType.number,
            desc.file.proto.enumType.indexOf(desc.proto),
          ]
        : [
            ...sourcePath(desc.parent),
            DescriptorProtoSchema.field.enumType.number,
            desc.parent.proto.enumType.indexOf(desc.proto),
          ];
    case "extension":
      return desc.parent === undefined
        ? [
            FileDescriptorProtoSchema.field.extension.number,
            desc.file.proto.extension.indexOf(desc.proto),
          ]
        : [
            ...sourcePath(desc.parent),
            DescriptorProtoSchema.field.extension.number,
            desc.parent.proto.extension.indexOf(desc.proto),
          ];
    case "service":
      return [
        FileDescriptorProtoSchema.field.service.number,
        desc.file.proto.service.indexOf(desc.proto),
      ];
    case "field":
      return [
        ...sourcePath(desc.parent),
        DescriptorProtoSchema.field.field.number,
        desc.parent.proto.field.indexOf(desc.proto),
      ];
    case "oneof":
      return [
        ...sourcePath(desc.parent),
        DescriptorProtoSchema.field.oneofDecl.number,
        desc.parent.proto.oneofDecl.indexOf(desc.proto),
      ];
    case "enum_value":
      return [
        ...sourcePath(desc.parent),
        EnumDescriptorProtoSchema.field.value.number,
        desc.parent.proto.value.indexOf(desc.proto),
      ];
    case "rpc":
      return [
        ...sourcePath(desc.parent),
        ServiceDescriptorProtoSchema.field.method.number,
        desc.parent.proto.method.indexOf(desc.proto),
      ];
  }
}

/** The number of the field that holds a descriptor's options. */
export function optionsFieldNumber(desc: AnyDesc): number {
  switch (desc.kind) {
    case "file":
      return FileDescriptorProtoSchema.field.options.number;
    case "message":
      return DescriptorProtoSchema.field.options.number;
    case "enum":
      return EnumDescriptorProtoSchema.field.options.number;
    case "extension":
    case "field":
      return FieldDescriptorProtoSchema.field.options.number;
    case "service":
      return ServiceDescriptorProtoSchema.field.options.number;
    case "oneof":
      return OneofDescriptorProtoSchema.field.options.number;
    case "enum_value":
      return EnumValueDescriptorProtoSchema.field.options.number;
    case "rpc":
      return MethodDescriptorProtoSchema.field.options.number;
  }
}

/** The file in which something is declared. */
export function fileOf(desc: AnyDesc): DescFile {
  switch (desc.kind) {
    case "file":
      return desc;
    case "field":
    case "oneof":
    case "enum_value":
    case "rpc":
      return desc.parent.file;
    default:
      return desc.file;
  }
}
