// botwire/codec: JSON and parameters of messages, and what generated codecs import.

export type { AnyType, AnyTypes } from "./runtime/codec/any-type.ts";
export { CodecError } from "./runtime/codec/codec-error.ts";
export {
  closedEnum,
  type EnumValues,
  openEnum,
  readEnum,
  readNullValue,
  writeEnum,
  writeNullValue,
} from "./runtime/codec/enum-values.ts";
export {
  fromJson,
  fromJsonString,
  type ReadResult,
  type ReadTextOptions,
  tryFromJson,
  tryFromJsonString,
} from "./runtime/codec/from-json.ts";
export type { Init } from "./runtime/codec/init.ts";
export * from "./runtime/codec/init-members.ts";
export { type JsonMembers, JsonReader, type ReadOptions } from "./runtime/codec/json-reader.ts";
export type { JsonObject, JsonValue } from "./runtime/codec/json-value.ts";
export { JsonWriter, type WriteOptions } from "./runtime/codec/json-writer.ts";
export * from "./runtime/codec/map-key.ts";
export type { MessageCodec } from "./runtime/codec/message-codec.ts";
export { setOwn } from "./runtime/codec/own-property.ts";
export {
  fromParams,
  type ParamKinds,
  type Params,
  toParams,
  tryFromParams,
} from "./runtime/codec/params.ts";
export type { Problem } from "./runtime/codec/problem.ts";
export * from "./runtime/codec/read-collection.ts";
export * from "./runtime/codec/read-scalar.ts";
export { toJson, toJsonString } from "./runtime/codec/to-json.ts";
export * from "./runtime/codec/wkt/any.ts";
export * from "./runtime/codec/wkt/duration.ts";
export * from "./runtime/codec/wkt/empty.ts";
export * from "./runtime/codec/wkt/field-mask.ts";
export * from "./runtime/codec/wkt/json.ts";
export * from "./runtime/codec/wkt/json-message.ts";
export * from "./runtime/codec/wkt/timestamp.ts";
export * from "./runtime/codec/wkt/wrapper.ts";
export * from "./runtime/codec/write-collection.ts";
export * from "./runtime/codec/write-scalar.ts";
