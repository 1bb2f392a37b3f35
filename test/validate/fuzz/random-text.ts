import type { Random } from "../../regex/random-pattern.ts";

/** Texts that keep the formats, or nearly so. */
const samples = [
  "",
  "a",
  "ab",
  "foo",
  "😀éx",
  "\u0000\n\r\u2028",
  "e@x.org",
  "a.b+c@sub.example.com",
  "a@-b.c",
  "example.com",
  "example.com.",
  "-a.b",
  "1.2.3",
  "a.1",
  "127.0.0.1",
  "256.1.1.1",
  "01.2.3.4",
  "::1",
  "::",
  "1:2:3:4:5:6:7:8",
  "1:2:3:4:5:6:7::",
  "1::2:3:4:5:6:7:8",
  "::ffff:1.2.3.4",
  "1:2:3:4:5:6:1.2.3.4",
  "1:2:3:4:5:6:7::1.2.3.4",
  "fe80::1%eth0",
  "::1%",
  "2001:db8::/32",
  "2001:db8::1/32",
  "2001:db8::1/128",
  "::1.2.3.0/120",
  "10.0.0.0/8",
  "10.0.0.1/8",
  "10.0.0.0/33",
  "0.0.0.0/0",
  "1.2.3.4/032",
  "host:80",
  "[::1]:80",
  "[::1%a]:65535",
  "[::1]",
  "1.2.3.4:65536",
  "a:00",
  "https://user:pw@example.com:8080/a/b?c=d#e",
  "http://[::1%25eth0]/",
  "http://[::ffff:1.2.3.4]/",
  "http://[v1.a:b]/",
  "http://a%20b%ff/",
  "urn:a:b",
  "//host/path",
  "/a//b",
  "a:b",
  "1a:b",
  "./a:b?c#d",
  "?q",
  "#f",
  "%zz",
  "http://a:b:c/",
  "123e4567-e89b-12d3-a456-426614174000",
  "123e4567e89b12d3a456426614174000",
  "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "81ARZ3NDEKTSV4RRFFQ69G5FAV",
  "foo.v1.Bar",
  ".foo.v1.Bar",
  "foo..bar",
  "Content-Type",
  ":path",
  "a,b",
  "text/plain\tx",
] as const;

const characters = [..."ab019-_.:/@%[]?#&=+~! \n\u007f"] as const;

/** A text: a sample, often with a character changed. */
export function randomText(random: Random): string {
  const text = random.pick(samples);
  if (random.below(3) > 0) {
    return text;
  }
  const at = random.below(text.length + 1);
  const removed = random.below(2);
  const added = random.below(3) === 0 ? "" : (characters[random.below(characters.length)] ?? "");
  return (text.slice(0, at) + added + text.slice(at + removed)).toWellFormed();
}

/** A few bytes, seldom UTF-8. */
export function randomBytes(random: Random): Uint8Array {
  if (random.below(3) === 0) {
    return new TextEncoder().encode(randomText(random));
  }
  const length = random.pick([0, 1, 2, 3, 4, 16]);
  return Uint8Array.from({ length }, () => random.pick([0, 1, 2, 0x61, 0xff]));
}
