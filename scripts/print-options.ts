import {
  createRegistry,
  type DescExtension,
  type DescField,
  type DescFile,
  type DescMessage,
  getExtension,
  hasExtension,
  isMessage,
  type Message,
  type Registry,
} from "@bufbuild/protobuf";
import { isReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { toText } from "@bufbuild/protobuf/txtpb";

/** Prints the options of a declaration as `name = value`, one string an option. */
export type PrintOptions = (schema: DescMessage, options: Message | undefined) => string[];

/** Printing of options, custom ones that the file knows included. */
export function createOptionPrinter(file: DescFile): PrintOptions {
  const registry = createRegistry(file);
  return (schema, options) =>
    options === undefined
      ? []
      : [
          ...standardOptions(schema, options, registry),
          ...customOptions(schema, options, registry),
        ];
}

function standardOptions(schema: DescMessage, options: Message, registry: Registry): string[] {
  const message = reflect(schema, options);
  return message.sortedFields
    .filter((field) => message.isSet(field))
    .flatMap((field) => {
      const value: unknown = message.get(field);
      const values = field.fieldKind === "list" ? [...message.get(field)] : [value];
      return values.map((item) => `${field.name} = ${valueText(field, item, registry)}`);
    });
}

function customOptions(schema: DescMessage, options: Message, registry: Registry): string[] {
  const printed: string[] = [];
  for (const type of registry) {
    if (
      type.kind === "extension" &&
      type.extendee.typeName === schema.typeName &&
      hasExtension(options, type)
    ) {
      const value = getExtension(options, type);
      printed.push(`(${type.typeName}) = ${valueText(type, value, registry)}`);
    }
  }
  return printed;
}

function valueText(desc: DescField | DescExtension, value: unknown, registry: Registry): string {
  const message = isReflectMessage(value) ? value.message : value;
  if (isMessage(message) && desc.message !== undefined) {
    const text = toText(desc.message, message, { registry });
    return `{\n${text.trimEnd().replace(/^/gm, "  ")}\n}`;
  }
  if (desc.enum !== undefined && typeof value === "number") {
    return desc.enum.value[value]?.name ?? String(value);
  }
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
