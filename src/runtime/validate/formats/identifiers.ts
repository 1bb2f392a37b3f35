const trimmedUuid = /^[0-9a-fA-F]{32}$/;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
const protobufNames = /^[A-Za-z_][A-Za-z_0-9.]*$/;
const brokenDot = /\.(?![A-Za-z_])/;

/** Whether a text is a UUID without hyphens. */
export function isTrimmedUuid(text: string): boolean {
  return trimmedUuid.test(text);
}

/** Whether a text is a ULID. */
export function isUlid(text: string): boolean {
  return ulid.test(text);
}

/** Whether a text is the full name of something in Protobuf, for example `foo.v1.Bar`. */
export function isProtobufName(text: string): boolean {
  return protobufNames.test(text) && !brokenDot.test(text);
}

/** Whether a text is the full name of something in Protobuf with a dot before it. */
export function isProtobufDotName(text: string): boolean {
  return text.startsWith(".") && isProtobufName(text.slice(1));
}
