import {
  type DescField,
  type DescMethod,
  type DescService,
  getExtension,
  hasExtension,
  isMessage,
  type JsonValue,
  type Registry,
  toJson,
} from "@bufbuild/protobuf";
import { type Diagnostics, reasonOf } from "./diagnostics.ts";

/** The option for what is done with the values of a field. */
export const fieldOption = "bot.action.v1.field";

/** What it may say. */
export const fieldMarks: readonly string[] = ["scan", "skip"];

/** The value of a custom option that is a message. */
export interface OptionValue {
  /** The fields that are set, in ProtoJSON, by their names in the .proto. */
  readonly fields: ReadonlyMap<string, JsonValue>;
  /** Where the option, or one of its fields, is set: a path for `Diagnostics.report`. */
  path(field?: string): readonly number[];
}

/**
 * Reads a custom option, or returns undefined if it isn't set.
 *
 * The extension comes from the descriptors of the request. Generated code
 * can't be used for it: there is none before the first run.
 */
export function readOption(
  desc: DescField | DescMethod | DescService,
  name: string,
  known: readonly string[],
  registry: Registry,
  diagnostics: Diagnostics,
): OptionValue | undefined {
  const extension = registry.getExtension(name);
  const options = desc.proto.options;
  if (
    options === undefined ||
    extension?.message === undefined ||
    extension.extendee.typeName !== options.$typeName ||
    !hasExtension(options, extension)
  ) {
    return undefined;
  }
  const { message, number } = extension;
  const value = getExtension(options, extension);
  if (!isMessage(value)) {
    return undefined;
  }
  const path = (field?: string) => {
    const desc = message.fields.find((candidate) => candidate.name === field);
    return desc === undefined ? [number] : [number, desc.number];
  };
  const fields = new Map<string, JsonValue>();
  try {
    const json = toJson(message, value, { useProtoFieldName: true, registry });
    for (const [field, set] of Object.entries(typeof json === "object" ? (json ?? {}) : {})) {
      fields.set(field, set);
    }
  } catch (error) {
    diagnostics.report(desc, `option (${name}) has no valid value: ${reasonOf(error)}`, path());
  }
  for (const field of fields.keys()) {
    if (!known.includes(field)) {
      reportUnknown(field, path(field));
    }
  }
  for (const unknown of value.$unknown ?? []) {
    reportUnknown(`field ${unknown.no}`, [number, unknown.no]);
  }
  return { fields, path };

  function reportUnknown(what: string, at: readonly number[]): void {
    diagnostics.report(
      desc,
      `this version of botwire does not know ${what} of option (${name}): leave it out, or update botwire`,
      at,
    );
  }
}
