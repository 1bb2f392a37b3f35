import { type Code, code, helper } from "../../code.ts";
import type { StringFormat } from "../../model/rules/test.ts";

/** Code that is true if a string has a format. */
export function formatCondition(format: StringFormat, value: string): Code {
  const [check, ...more] = checks[format];
  return code`${helper(check)}(${[value, ...more].join(", ")})`;
}

/** The helper for each format, and its arguments after the value. */
const checks: Readonly<Record<StringFormat, readonly [string, ...string[]]>> = {
  email: ["isEmail"],
  hostname: ["isHostname"],
  ip: ["isIp"],
  ipv4: ["isIp", "4"],
  ipv6: ["isIp", "6"],
  uri: ["isUri"],
  uri_ref: ["isUriRef"],
  address: ["isAddress"],
  uuid: ["isUuid"],
  tuuid: ["isTrimmedUuid"],
  ip_with_prefixlen: ["isIpPrefix"],
  ipv4_with_prefixlen: ["isIpPrefix", "4"],
  ipv6_with_prefixlen: ["isIpPrefix", "6"],
  ip_prefix: ["isIpPrefix", "0", "true"],
  ipv4_prefix: ["isIpPrefix", "4", "true"],
  ipv6_prefix: ["isIpPrefix", "6", "true"],
  host_and_port: ["isHostAndPort", "true"],
  ulid: ["isUlid"],
  protobuf_fqn: ["isProtobufName"],
  protobuf_dot_fqn: ["isProtobufDotName"],
  header_name: ["isHttpHeaderName"],
  header_name_loose: ["isLooseHttpHeaderName"],
  header_value: ["isHttpHeaderValue"],
  header_value_loose: ["isLooseHttpHeaderValue"],
};
