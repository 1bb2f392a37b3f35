import type { JsonInput } from "../json-input.ts";

/** A type of google/protobuf/wrappers.proto, as protobuf-es keeps it where it doesn't unwrap it. */
export interface Wrapper<N extends string, V> {
  $typeName: N;
  value: V;
}

/** Reads a wrapper that is kept as the scalar in it: its JSON is that of the scalar. */
export function readWrapped<V>(input: JsonInput, read: (input: JsonInput) => V): V {
  // A wrapper is a message, so that it counts towards the depth.
  input.checkDepth();
  return read(input);
}

/** Completes an initializer of a wrapper's message. */
export function initWrapper<N extends string, V>(
  init: { readonly value?: V | undefined },
  typeName: N,
  zero: V,
): Wrapper<N, V> {
  return { $typeName: typeName, value: init.value ?? zero };
}

/** Reads a wrapper into its message. */
export function readWrapper<N extends string, V>(
  input: JsonInput,
  read: (input: JsonInput) => V,
  typeName: N,
): Wrapper<N, V> {
  return { $typeName: typeName, value: readWrapped(input, read) };
}
