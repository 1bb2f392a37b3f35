import type { Any as AnyMessage } from "@bufbuild/protobuf/wkt";
import type { AnyType, AnyTypes } from "../any-type.ts";
import type { Init } from "../init.ts";
import type { JsonInput } from "../json-input.ts";
import type { JsonOutput } from "../json-output.ts";
import { quote } from "../problem.ts";

/** A `google.protobuf.Any`: a message of any type in the binary format. */
export interface Any {
  /** Ends with "/" and the full name of the type. */
  typeUrl: string;
  value: Uint8Array;
}

/**
 * Reads an Any: the message's JSON, with its type in `@type`. The type has to
 * be among the `anyTypes` of the options.
 */
export function readAny(input: JsonInput): Any {
  const any: Any = { typeUrl: "", value: new Uint8Array() };
  input.checkDepth();
  const json = input.value();
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    input.expected("object");
    return any;
  }
  const { "@type": typeUrl, ...fields }: Readonly<Record<string, unknown>> = { ...json };
  if (typeUrl === undefined && Object.keys(fields).length === 0) {
    return any;
  }
  const type = typeOf(typeUrl, input.anyTypes);
  if (type === undefined) {
    input.problem(unknownType(typeUrl));
    return any;
  }
  const inside = type.special && Object.hasOwn(fields, "value") ? fields["value"] : fields;
  try {
    const { ignoresUnknown, levels } = input;
    any.value = type.read(inside, { ignoresUnknown, levels: levels - 1 });
    any.typeUrl = `type.googleapis.com/${type.typeName}`;
  } catch (error) {
    input.problem(messageOf(error));
  }
  return any;
}

/** Reads an Any as protobuf-es keeps it. */
export function readAnyMessage(input: JsonInput): AnyMessage {
  return initAnyMessage(readAny(input));
}

/** Writes an Any. Its type has to be among the `anyTypes` of the options. */
export function writeAny(any: Any, output: JsonOutput): void {
  if (any.typeUrl === "") {
    output.json({});
    return;
  }
  const type = typeOf(any.typeUrl, output.anyTypes);
  if (type === undefined) {
    output.refuse(unknownType(any.typeUrl));
    return;
  }
  try {
    const inside = type.write(any.value, output);
    const isObject = typeof inside === "object" && inside !== null && !Array.isArray(inside);
    const fields = type.special || !isObject ? { value: inside } : inside;
    output.json({ "@type": any.typeUrl, ...fields });
  } catch (error) {
    output.refuse(messageOf(error));
  }
}

/** Completes an initializer of an Any. */
export function initAny(init: Init<Any>): Any {
  return { typeUrl: init.typeUrl ?? "", value: init.value ?? new Uint8Array() };
}

/** Completes an initializer of an Any as protobuf-es keeps it. */
export function initAnyMessage(init: Init<Any>): AnyMessage {
  return { $typeName: "google.protobuf.Any", ...initAny(init) };
}

function typeOf(typeUrl: unknown, types: AnyTypes | undefined): AnyType | undefined {
  return typeof typeUrl === "string"
    ? types?.get(typeUrl.slice(typeUrl.lastIndexOf("/") + 1))
    : undefined;
}

function unknownType(typeUrl: unknown): string {
  return typeof typeUrl === "string" && typeUrl !== ""
    ? `the type ${quote(typeUrl)} isn't among the types that an Any may hold here`
    : 'expected the type of the message in "@type"';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
