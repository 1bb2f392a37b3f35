import { bool, bytes, double, int, list, string, uint } from "../../cel-type.ts";
import { type FunctionDecl, method } from "../declaration.ts";

/**
 * The functions that protovalidate adds to CEL, but for `getField`, which the
 * checker knows as a selection:
 * https://github.com/bufbuild/protovalidate/blob/main/docs/cel.md.
 */
export const protovalidateLibrary: readonly FunctionDecl[] = [
  method("isNan", ["is_nan", [double], bool]),
  method("isInf", ["is_inf", [double], bool], ["is_inf_sign", [double, int], bool]),
  method("isHostname", ["is_hostname", [string], bool]),
  method("isEmail", ["is_email", [string], bool]),
  method("isIp", ["is_ip", [string], bool], ["is_ip_version", [string, int], bool]),
  method(
    "isIpPrefix",
    ["is_ip_prefix", [string], bool],
    ["is_ip_prefix_version", [string, int], bool],
    ["is_ip_prefix_strict", [string, bool], bool],
    ["is_ip_prefix_version_strict", [string, int, bool], bool],
  ),
  method("isUri", ["is_uri", [string], bool]),
  method("isUriRef", ["is_uri_ref", [string], bool]),
  method("isHostAndPort", ["is_host_and_port", [string, bool], bool]),
  method(
    "unique",
    ...[bool, int, uint, double, string, bytes].map(
      (type) => [`unique_${type.kind}`, [list(type)], bool] as const,
    ),
  ),
  method("contains", ["contains_bytes", [bytes, bytes], bool]),
  method("startsWith", ["starts_with_bytes", [bytes, bytes], bool]),
  method("endsWith", ["ends_with_bytes", [bytes, bytes], bool]),
];
