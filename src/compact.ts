// botwire/compact: messages read and written by tables, where size counts more than speed.

export type {
  AnyReadOptions,
  AnyType,
  AnyTypes,
  AnyWriteOptions,
} from "./runtime/codec/any-type.ts";
export { CodecError } from "./runtime/codec/codec-error.ts";
export type { Init } from "./runtime/codec/init.ts";
export type { JsonObject, JsonValue } from "./runtime/codec/json-value.ts";
export type { Problem } from "./runtime/codec/problem.ts";
export type { ReadResult, ReadTextOptions } from "./runtime/codec/read-json.ts";
export type { ReadOptions } from "./runtime/codec/read-options.ts";
export type { WriteOptions } from "./runtime/codec/write-options.ts";
export { type BinaryReadOptions, fromBinary, toBinary } from "./runtime/compact/binary.ts";
export { compactSchema } from "./runtime/compact/bridge/compact-schema.ts";
export { compactEnum, renamedEnum } from "./runtime/compact/enum.ts";
export {
  fromJson,
  fromJsonString,
  toJson,
  toJsonString,
  tryFromJson,
  tryFromJsonString,
} from "./runtime/compact/json.ts";
export { lazy } from "./runtime/compact/lazy.ts";
export { list } from "./runtime/compact/list.ts";
export { keyedMap, map } from "./runtime/compact/map.ts";
export { type CompactCodec, compactMessage } from "./runtime/compact/message.ts";
export { asText } from "./runtime/compact/scalars/as-text.ts";
export { bool, boolKey } from "./runtime/compact/scalars/bool.ts";
export { bytes } from "./runtime/compact/scalars/bytes.ts";
export { int32, sfixed32, sint32 } from "./runtime/compact/scalars/int32.ts";
export { int64, sfixed64, sint64 } from "./runtime/compact/scalars/int64.ts";
export { double, float } from "./runtime/compact/scalars/real.ts";
export { string } from "./runtime/compact/scalars/string.ts";
export { fixed32, uint32 } from "./runtime/compact/scalars/uint32.ts";
export { fixed64, uint64 } from "./runtime/compact/scalars/uint64.ts";
export type { CollectionType, KeyType, ValueType } from "./runtime/compact/value-type.ts";
export { any } from "./runtime/compact/wkt/any.ts";
export { duration } from "./runtime/compact/wkt/duration.ts";
export { empty } from "./runtime/compact/wkt/empty.ts";
export { fieldMask } from "./runtime/compact/wkt/field-mask.ts";
export { nullValue } from "./runtime/compact/wkt/null-value.ts";
export { listValue, struct, value } from "./runtime/compact/wkt/struct.ts";
export { timestamp } from "./runtime/compact/wkt/timestamp.ts";
export { wrapper } from "./runtime/compact/wkt/wrapper.ts";
