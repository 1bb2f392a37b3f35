import type { StringFormat } from "../../model/rules/test.ts";
import type { Dialect } from "./dialect.ts";
import type { TestKeywords } from "./test-keywords.ts";

/**
 * The keywords for a format of strings. `format` is an annotation in JSON
 * Schema 2020-12: its names mean nearly, but not exactly, what the rules do.
 */
export function formatKeywords(format: StringFormat, dialect: Dialect): TestKeywords | undefined {
  const pattern = patterns[format];
  if (pattern !== undefined) {
    return { keywords: { pattern }, exact: true };
  }
  const name = names[format];
  return name !== undefined && dialect.formats?.has(name) !== false
    ? { keywords: { format: name }, exact: true }
    : undefined;
}

const names: Partial<Record<StringFormat, string>> = {
  email: "email",
  hostname: "hostname",
  ipv4: "ipv4",
  ipv6: "ipv6",
  uri: "uri",
  uri_ref: "uri-reference",
  uuid: "uuid",
};

/** Those without a name in JSON Schema that one pattern describes, as validate.proto does. */
const patterns: Partial<Record<StringFormat, string>> = {
  tuuid: "^[0-9a-fA-F]{32}$",
  ulid: "^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$",
  protobuf_fqn: "^[A-Za-z_][A-Za-z_0-9]*(\\.[A-Za-z_][A-Za-z_0-9]*)*$",
  protobuf_dot_fqn: "^(\\.[A-Za-z_][A-Za-z_0-9]*)+$",
};
