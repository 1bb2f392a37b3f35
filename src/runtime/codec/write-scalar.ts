import type { JsonOutput } from "./json-output.ts";

// Writers of scalars as functions, for the elements of lists and the values of maps.

/** Writes a string. */
export const writeString = (value: string, output: JsonOutput): void => output.string(value);

/** Writes a boolean. */
export const writeBool = (value: boolean, output: JsonOutput): void => output.bool(value);

/** Writes bytes as base64. */
export const writeBytes = (value: Uint8Array, output: JsonOutput): void => output.bytes(value);

/** Writes any 32-bit integer. */
export const writeInt32 = (value: number, output: JsonOutput): void => output.int32(value);

/** Writes any 64-bit integer, as text. */
export const writeInt64 = (value: bigint | string, output: JsonOutput): void => output.int64(value);

/** Writes float and double. */
export const writeDouble = (value: number, output: JsonOutput): void => output.double(value);
