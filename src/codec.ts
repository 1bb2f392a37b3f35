// botwire/codec: JSON and parameters of messages, and what generated codecs import.

export type {
  AnyReadOptions,
  AnyType,
  AnyTypes,
  AnyWriteOptions,
} from "./runtime/codec/any-type.ts";
export { CodecError } from "./runtime/codec/codec-error.ts";
export {
  closedEnum,
  type EnumValues,
  openEnum,
  readNullValue,
  writeNullValue,
} from "./runtime/codec/enum-values.ts";
export { type FieldNames, type FieldTable, fieldTable } from "./runtime/codec/field-table.ts";
export {
  fromJson,
  fromJsonBytes,
  fromJsonString,
  tryFromJson,
  tryFromJsonBytes,
  tryFromJsonString,
} from "./runtime/codec/from-json.ts";
export type { Init } from "./runtime/codec/init.ts";
export * from "./runtime/codec/init-members.ts";
export type { JsonInput } from "./runtime/codec/json-input.ts";
export type { JsonOutput } from "./runtime/codec/json-output.ts";
export type { JsonObject, JsonValue } from "./runtime/codec/json-value.ts";
export * from "./runtime/codec/map-key.ts";
export type { MessageCodec } from "./runtime/codec/message-codec.ts";
export {
  fromParams,
  type ParamKinds,
  type Params,
  toParams,
  tryFromParams,
} from "./runtime/codec/params.ts";
export type { Problem } from "./runtime/codec/problem.ts";
export * from "./runtime/codec/read-collection.ts";
export type { ReadResult, ReadTextOptions } from "./runtime/codec/read-json.ts";
export type { ReadOptions } from "./runtime/codec/read-options.ts";
export * from "./runtime/codec/read-scalar.ts";
export { toJson, toJsonBytes, toJsonString } from "./runtime/codec/to-json.ts";
export * from "./runtime/codec/wkt/any.ts";
export * from "./runtime/codec/wkt/duration.ts";
export * from "./runtime/codec/wkt/empty.ts";
export * from "./runtime/codec/wkt/field-mask.ts";
export * from "./runtime/codec/wkt/json.ts";
export * from "./runtime/codec/wkt/json-message.ts";
export * from "./runtime/codec/wkt/timestamp.ts";
export * from "./runtime/codec/wkt/wrapper.ts";
export * from "./runtime/codec/write-collection.ts";
export type { WriteOptions } from "./runtime/codec/write-options.ts";
export * from "./runtime/codec/write-scalar.ts";
