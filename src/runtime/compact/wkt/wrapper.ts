import type { ValueType } from "../value-type.ts";
import { unwrapped } from "./unwrapped.ts";

/** A type of google/protobuf/wrappers.proto, which ts-proto keeps as the scalar in it. */
export const wrapper = <V>(type: ValueType<V>): ValueType<V> => unwrapped("value", type);
