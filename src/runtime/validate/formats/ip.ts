/*
 * IP addresses in text, as protovalidate reads them. IPv6 follows RFC 4291,
 * with a zone as in RFC 4007 ("fe80::1%eth0").
 */

const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
const dotted = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
const piece = /^[0-9a-fA-F]{1,4}$/;

/** Whether a text is an IP address: of version 4, 6, or (0) either. */
export function isIp(text: string, version: number | bigint = 0): boolean {
  switch (Number(version)) {
    case 0:
      return isIp4(text) || isIp6(text);
    case 4:
      return isIp4(text);
    case 6:
      return isIp6(text);
    default:
      return false;
  }
}

function isIp4(text: string): boolean {
  return dotted.test(text);
}

function isIp6(text: string): boolean {
  const percent = text.indexOf("%");
  if (percent < 0) {
    return pieces6(text) !== undefined;
  }
  const address = text.slice(0, percent);
  // A zone isn't empty, and doesn't follow an address that ends in IPv4 form.
  return (
    percent < text.length - 1 &&
    !address.includes(".") &&
    pieces6(withoutColon(address)) !== undefined
  );
}

/**
 * Whether a text is an IP address with the length of a prefix, for example
 * `2001:db8::/32`: of version 4, 6, or (0) either. If strict, the bits after
 * the prefix must be zero.
 */
export function isIpPrefix(text: string, version: number | bigint = 0, strict = false): boolean {
  switch (Number(version)) {
    case 0:
      return isIpPrefix(text, 6, strict) || isIpPrefix(text, 4, strict);
    case 4:
      return isPrefix(text, 32, bits4, strict);
    case 6:
      return isPrefix(text, 128, bits6, strict);
    default:
      return false;
  }
}

function isPrefix(
  text: string,
  max: number,
  bitsOf: (address: string) => string | undefined,
  strict: boolean,
): boolean {
  const slash = text.indexOf("/");
  const length = text.slice(slash + 1);
  if (slash < 0 || !/^(?:0|[1-9][0-9]{0,2})$/.test(length) || Number(length) > max) {
    return false;
  }
  const bits = bitsOf(text.slice(0, slash));
  return bits !== undefined && (!strict || !bits.includes("1", Number(length)));
}

function bits4(address: string): string | undefined {
  return isIp4(address) ? binary(address.split("."), 10, 8) : undefined;
}

function bits6(address: string): string | undefined {
  const pieces = pieces6(withoutColon(address));
  return pieces && binary(pieces, 16, 16);
}

function binary(numbers: readonly string[], radix: number, width: number): string {
  return numbers.map((n) => Number.parseInt(n, radix).toString(2).padStart(width, "0")).join("");
}

/** protovalidate doesn't mind a colon before a zone or the length of a prefix. */
function withoutColon(address: string): string {
  return /^[^.]*[^.:]:$/.test(address) ? address.slice(0, -1) : address;
}

/** The eight pieces of an IPv6 address, in hexadecimal. */
function pieces6(address: string): string[] | undefined {
  const halves = address.split("::");
  const [left = "", right] = halves;
  if (halves.length > 2) {
    return undefined;
  }
  const head = left === "" && right !== undefined ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const all = [...head, ...tail];
  const last = all.at(-1) ?? "";
  // The IPv4 form stands at the very end, after six pieces or a "::".
  const mixed = isIp4(last) && (right === undefined ? all.length === 7 : tail.length > 0);
  const plain = mixed ? all.slice(0, -1) : all;
  if (!plain.every((text) => piece.test(text))) {
    return undefined;
  }
  if (mixed) {
    const [a = 0, b = 0, c = 0, d = 0] = last.split(".").map(Number);
    plain.push((a * 256 + b).toString(16), (c * 256 + d).toString(16));
  }
  if (right === undefined) {
    return plain.length === 8 ? plain : undefined;
  }
  if (plain.length > 7) {
    // protovalidate doesn't count the pieces before an address in IPv4 form,
    // and finds no bits in too many of them.
    return mixed ? (plain.length === 8 ? plain : []) : undefined;
  }
  const zeros = new Array<string>(8 - plain.length).fill("0");
  return [...plain.slice(0, head.length), ...zeros, ...plain.slice(head.length)];
}
