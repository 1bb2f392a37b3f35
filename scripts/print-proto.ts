import { type DescFile, isFieldSet } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  EnumOptionsSchema,
  EnumValueOptionsSchema,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  FieldOptionsSchema,
  FileOptionsSchema,
  MessageOptionsSchema,
  OneofOptionsSchema,
} from "@bufbuild/protobuf/wkt";
import { createOptionPrinter, type PrintOptions } from "./print-options.ts";

/**
 * Prints a file's descriptor as .proto source.
 *
 * Comments are not in descriptors. Services, maps, groups and editions are
 * refused, because nothing that is printed has them.
 */
export function printProto(file: DescFile): string {
  const { proto } = file;
  if (proto.service.length > 0 || proto.syntax === "editions") {
    throw new Error(`cannot print ${proto.name}: it has services, or an edition`);
  }
  const options = createOptionPrinter(file);
  const syntax = proto.syntax === "" ? "proto2" : proto.syntax;
  const scope: Scope = { options, proto2: syntax === "proto2" };
  return [
    `syntax = "${syntax}";`,
    "",
    `package ${proto.package};`,
    "",
    ...proto.dependency.map((path) => `import ${JSON.stringify(path)};`),
    "",
    ...optionStatements(options(FileOptionsSchema, proto.options)),
    ...extensions(proto.extension, scope),
    ...proto.messageType.flatMap((message) => ["", ...messageLines(message, scope)]),
    ...proto.enumType.flatMap((enumeration) => ["", ...enumLines(enumeration, scope)]),
    "",
  ].join("\n");
}

interface Scope {
  readonly options: PrintOptions;
  readonly proto2: boolean;
}

function messageLines(message: DescriptorProto, scope: Scope): string[] {
  if (message.options?.mapEntry) {
    throw new Error(`cannot print ${message.name}: it is the entry of a map`);
  }
  return block(`message ${message.name}`, [
    ...optionStatements(scope.options(MessageOptionsSchema, message.options)),
    ...message.enumType.flatMap((nested) => enumLines(nested, scope)),
    ...message.nestedType.flatMap((nested) => messageLines(nested, scope)),
    ...message.field.flatMap((field) => fieldOrOneof(field, message, scope)),
    ...message.extensionRange.map(({ start, end }) => `extensions ${range(start, end - 1)};`),
    ...message.reservedRange.map(({ start, end }) => `reserved ${range(start, end - 1)};`),
    ...message.reservedName.map((name) => `reserved ${JSON.stringify(name)};`),
    ...extensions(message.extension, scope),
  ]);
}

/** A oneof is printed in place of its first field, and its others with it. */
function fieldOrOneof(
  field: FieldDescriptorProto,
  message: DescriptorProto,
  scope: Scope,
): string[] {
  if (!inOneof(field)) {
    return fieldLines(field, label(field, scope), scope);
  }
  const members = message.field.filter(
    (other) => inOneof(other) && other.oneofIndex === field.oneofIndex,
  );
  const oneof = message.oneofDecl[field.oneofIndex];
  if (members[0] !== field || oneof === undefined) {
    return [];
  }
  return block(`oneof ${oneof.name}`, [
    ...optionStatements(scope.options(OneofOptionsSchema, oneof.options)),
    ...members.flatMap((member) => fieldLines(member, "", scope)),
  ]);
}

function fieldLines(field: FieldDescriptorProto, prefix: string, { options }: Scope): string[] {
  const all = options(FieldOptionsSchema, field.options);
  if (isFieldSet(field, FieldDescriptorProtoSchema.field.defaultValue)) {
    const { defaultValue, type } = field;
    const quoted = type === FieldDescriptorProto_Type.STRING;
    all.unshift(`default = ${quoted ? JSON.stringify(defaultValue) : defaultValue}`);
  }
  const suffix = all.length === 0 ? "" : ` [${all.join(",\n")}]`;
  return `${prefix}${typeName(field)} ${field.name} = ${field.number}${suffix};`.split("\n");
}

function typeName(field: FieldDescriptorProto): string {
  switch (field.type) {
    case FieldDescriptorProto_Type.MESSAGE:
    case FieldDescriptorProto_Type.ENUM:
      return field.typeName;
    case FieldDescriptorProto_Type.GROUP:
      throw new Error(`cannot print field ${field.name}: it is a group`);
    default:
      return FieldDescriptorProto_Type[field.type].toLowerCase();
  }
}

function label(field: FieldDescriptorProto, scope: Scope): string {
  switch (field.label) {
    case FieldDescriptorProto_Label.REPEATED:
      return "repeated ";
    case FieldDescriptorProto_Label.REQUIRED:
      return "required ";
    default:
      return scope.proto2 || field.proto3Optional ? "optional " : "";
  }
}

function inOneof(field: FieldDescriptorProto): boolean {
  return isFieldSet(field, FieldDescriptorProtoSchema.field.oneofIndex) && !field.proto3Optional;
}

function enumLines(enumeration: EnumDescriptorProto, { options }: Scope): string[] {
  return block(`enum ${enumeration.name}`, [
    ...optionStatements(options(EnumOptionsSchema, enumeration.options)),
    ...enumeration.value.map((value) => {
      const all = options(EnumValueOptionsSchema, value.options);
      return `${value.name} = ${value.number}${all.length === 0 ? "" : ` [${all.join(", ")}]`};`;
    }),
    ...enumeration.reservedRange.map(({ start, end }) => `reserved ${range(start, end)};`),
    ...enumeration.reservedName.map((name) => `reserved ${JSON.stringify(name)};`),
  ]);
}

function extensions(fields: readonly FieldDescriptorProto[], scope: Scope): string[] {
  return [...Map.groupBy(fields, (field) => field.extendee)].flatMap(([extendee, own]) => [
    "",
    ...block(
      `extend ${extendee}`,
      own.flatMap((field) => fieldLines(field, label(field, scope), scope)),
    ),
  ]);
}

function optionStatements(options: readonly string[]): string[] {
  return options.flatMap((option) => `option ${option};`.split("\n"));
}

function range(first: number, last: number): string {
  const max = 536_870_911;
  return first === last ? String(first) : `${first} to ${last === max ? "max" : last}`;
}

function block(head: string, body: readonly string[]): string[] {
  return [`${head} {`, ...body.map((line) => (line === "" ? line : `  ${line}`)), "}"];
}
