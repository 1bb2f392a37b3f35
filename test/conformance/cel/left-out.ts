import type { SpecCase } from "./spec-case.ts";

/**
 * What of the suite isn't compiled, and how many tests are about it. Rules
 * can't have any of it, but for `google.protobuf.Any`, on which a compiled rule
 * has only `has()`.
 */
export const leftOut = {
  "optional values, which protovalidate doesn't have": 73,
  "cel.block, which is for compilers": 37,
  "extensions of proto2 messages": 18,
  "field names in backquotes, which the parser doesn't read": 28,
  "looking into google.protobuf.Any": 37,
  "strongly typed enums, which CEL may have some day": 31,
  "base64, which protovalidate doesn't have": 4,
  "functions that the test declares": 5,
  "what isn't well-typed, with the checker switched off": 28,
} as const satisfies Record<string, number>;

export type Reason = keyof typeof leftOut;

/** Why a test isn't compiled; undefined if there is no good reason. */
export function reasonFor({ name, section, test }: SpecCase, message: string): Reason | undefined {
  const { expr, disableCheck } = test.original;
  if (section === "optionals" || expr.includes("optional.")) {
    return section === "block_ext"
      ? "cel.block, which is for compilers"
      : "optional values, which protovalidate doesn't have";
  }
  switch (section) {
    case "block_ext":
      return "cel.block, which is for compilers";
    case "proto2_ext":
      return "extensions of proto2 messages";
    case "encoders_ext":
      return "base64, which protovalidate doesn't have";
  }
  if (expr.includes("`")) {
    return "field names in backquotes, which the parser doesn't read";
  }
  if (name.startsWith("enums/strong_")) {
    return "strongly typed enums, which CEL may have some day";
  }
  if (message.includes("google.protobuf.Any") || message.includes("a type that rules")) {
    return "looking into google.protobuf.Any";
  }
  if (message.includes("functions that the test declares")) {
    return "functions that the test declares";
  }
  return disableCheck ? "what isn't well-typed, with the checker switched off" : undefined;
}
