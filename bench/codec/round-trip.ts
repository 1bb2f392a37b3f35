import { generate } from "./generate.ts";

/** Who makes a round trip: botwire's codecs for both values of `optimize_for`, and others. */
export type RoundTripper = "botwire, speed" | "botwire, code_size" | "ts-proto" | "protobuf-es";

/**
 * Modules with the four operations for `ExecuteRequest`: `fromJson`, `toJson`,
 * `fromBinary` and `toBinary`.
 */
export function fourOperations(): Readonly<Record<RoundTripper, string>> {
  const folder = `./${generate()}`;
  const file = "bench/codec/v1/execute";
  return {
    "botwire, speed": `
      import { fromJsonString, toJsonString } from "botwire/codec";
      import { readExecuteRequest, writeExecuteRequest } from "${folder}/ts-proto/${file}.codec.ts";
      import { ExecuteRequest } from "${folder}/types/${file}.ts";
      const codec = { readJson: readExecuteRequest, writeJson: writeExecuteRequest };
      export const fromJson = (text) => fromJsonString(codec, text);
      export const toJson = (message) => toJsonString(codec, message);
      export const fromBinary = (bytes) => ExecuteRequest.decode(bytes);
      export const toBinary = (message) => ExecuteRequest.encode(message).finish();`,
    "botwire, code_size": `
      import * as compact from "botwire/compact";
      import { ExecuteRequestCodec } from "${folder}/compact/${file}.codec.ts";
      export const fromJson = (text) => compact.fromJsonString(ExecuteRequestCodec, text);
      export const toJson = (message) => compact.toJsonString(ExecuteRequestCodec, message);
      export const fromBinary = (bytes) => compact.fromBinary(ExecuteRequestCodec, bytes);
      export const toBinary = (message) => compact.toBinary(ExecuteRequestCodec, message);`,
    "ts-proto": `
      import { ExecuteRequest } from "${folder}/ts-proto-json/${file}.ts";
      export const fromJson = (text) => ExecuteRequest.fromJSON(JSON.parse(text));
      export const toJson = (message) => JSON.stringify(ExecuteRequest.toJSON(message));
      export const fromBinary = (bytes) => ExecuteRequest.decode(bytes);
      export const toBinary = (message) => ExecuteRequest.encode(message).finish();`,
    "protobuf-es": `
      import * as protobuf from "@bufbuild/protobuf";
      import { ExecuteRequestSchema } from "${folder}/es/${file}_pb.ts";
      export const fromJson = (text) => protobuf.fromJsonString(ExecuteRequestSchema, text);
      export const toJson = (message) => protobuf.toJsonString(ExecuteRequestSchema, message);
      export const fromBinary = (bytes) => protobuf.fromBinary(ExecuteRequestSchema, bytes);
      export const toBinary = (message) => protobuf.toBinary(ExecuteRequestSchema, message);`,
  };
}

/** The same without the binary format, which botwire leaves to the message library. */
export function jsonOnly(module: string): string {
  return module
    .split("\n")
    .filter((line) => !/Binary|import \{ ExecuteRequest \} from "[^"]*\/types\//.test(line))
    .join("\n");
}
