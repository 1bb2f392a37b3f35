import {
  callbackSignature,
  cozeEventSignature,
  larkSignature,
  type SignatureScheme,
  slackSignature,
  standardWebhooksSignature,
} from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { signatureCheck } from "../../src/runtime/security/signature-check.ts";
import { createSigner } from "../../src/runtime/security/signer.ts";
import { nodeCrypto } from "../../src/runtime/server/node-crypto.ts";
import { type HeaderMap, platforms, verdict } from "./verify.ts";

const base64Key = `whsec_${btoa("a key of some 24 bytes..")}`;

const own: SignatureScheme = {
  method: "hmac",
  algorithm: "sha512",
  parts: [{ text: "own" }, "body", "nonce", "timestamp"],
  separator: "\n",
  headers: { signature: "X-Sig", nonce: "X-Nonce", timestamp: "X-Time" },
  prefix: "s=",
  encoding: "base64",
  timestampUnit: "milliseconds",
  windowSeconds: 5,
};

const schemes: [string, SignatureScheme, string][] = [
  ["the callback's", callbackSignature, "secret"],
  ["Coze's events'", cozeEventSignature, "token"],
  ["Standard Webhooks'", standardWebhooksSignature, base64Key],
  ["Slack's", slackSignature, "secret"],
  ["Lark's", larkSignature, "key"],
  ["one that a user declares", own, "密钥"],
  [
    "one of a body alone",
    { ...own, parts: ["body"], headers: { signature: "x" }, windowSeconds: undefined },
    "s",
  ],
];

const encoder = new TextEncoder();

async function signed(
  scheme: SignatureScheme,
  secret: string,
  body: Uint8Array,
  platform = nodeCrypto,
) {
  const headers: Record<string, string> = {};
  for (const [name, value] of await createSigner("test", scheme, secret, platform)(body)) {
    headers[name.toLowerCase()] = value;
  }
  return headers;
}

describe.each(schemes)("%s scheme", (_, scheme, secret) => {
  const body = encoder.encode('{"text":"早安"}');

  it("verifies on each platform what is signed on each", async () => {
    for (const [, platform] of platforms) {
      const headers = await signed(scheme, secret, body, platform);
      expect(await verdict(scheme, secret, headers, body)).toBe("valid");
      const rotated = [btoa("another key of 24 bytes."), secret];
      expect(await verdict(scheme, rotated, headers, body)).toBe("valid");
    }
  });

  it("verifies bodies of every size", async () => {
    for (const size of [0, 1, 65_400, 65_536, 200_000]) {
      const long = new Uint8Array(size).fill(120);
      expect(await verdict(scheme, secret, await signed(scheme, secret, long), long)).toBe("valid");
    }
  });

  it("refuses what is changed anywhere", async () => {
    const headers = await signed(scheme, secret, body);
    const other = Uint8Array.from(body, (byte, i) => (i === 3 ? byte ^ 1 : byte));
    expect(await verdict(scheme, secret, headers, other)).toContain("is not the signature");
    for (const [name, value] of Object.entries(headers)) {
      const changed = value.replace(/.$/, (last) => (last === "1" ? "2" : "1"));
      const verdicts = [
        await verdict(scheme, secret, { ...headers, [name]: changed }, body),
        await verdict(scheme, secret, { ...headers, [name]: `${value}0` }, body),
        await verdict(scheme, secret, { ...headers, [name]: "" }, body),
        await verdict(scheme, secret, without(headers, name), body),
      ];
      expect(verdicts.filter((one) => one === "valid")).toEqual([]);
    }
  });
});

function without(headers: HeaderMap, name: string): HeaderMap {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

describe("a signed header", () => {
  it("holds ASCII characters, and not too many", async () => {
    const body = encoder.encode("{}");
    const headers = await signed(larkSignature, "key", body);
    for (const nonce of ["ä", "a b", "x".repeat(201)]) {
      const changed = { ...headers, "x-lark-request-nonce": nonce };
      expect(await verdict(larkSignature, "key", changed, body)).toBe(
        "ActionError: the x-lark-request-nonce header must be at most 200 ASCII characters",
      );
    }
  });

  it.each([
    "",
    "1",
    "16142653301",
    "-614265330",
    "1e9",
    "0614265330",
    "1614265330.5",
    "１６１４２６５３３０",
  ])("with the time %j is refused", async (timestamp) => {
    const headers = { "x-coze-timestamp": timestamp, "x-coze-signature": "00".repeat(32) };
    expect(await verdict(callbackSignature, "s", headers, "{}")).toMatch(
      timestamp === "" ? /timestamp header is missing$/ : /must be in seconds since 1970$/,
    );
  });
});

describe("a scheme that protects nothing, or contradicts itself, is refused at the start", () => {
  const broken: [Partial<SignatureScheme>, string][] = [
    [{ parts: ["timestamp"] }, 'has to sign the body, once: name "body" in parts'],
    [{ parts: ["body", "body", "timestamp"] }, 'has to sign the body, once: name "body" in parts'],
    [
      { method: "hash" },
      'is a bare hash, which anyone can compute: name "secret" in parts, or use hmac',
    ],
    [
      { parts: ["timestamp", "secret", "body"] },
      'has the secret as its key already: remove "secret" from parts',
    ],
    [
      { parts: ["timestamp", "nonce", "body"] },
      "signs the nonce, but names no header for it: set headers.nonce",
    ],
    [
      { headers: { ...callbackSignature.headers, id: "x-id" } },
      'does not sign the id header, which proves nothing then: add "id" to parts, or remove headers.id',
    ],
    [
      { headers: { ...callbackSignature.headers, signature: "x sig" } },
      'has "x sig" as the name of a header, which is none',
    ],
    [{ windowSeconds: 0 }, "has a window of 0 seconds: it must be more than 0, or left out"],
    [{ parts: ["body"], headers: { signature: "x" } }, "has a window, but no timestamp"],
  ];
  it.each(broken)("%j", (change, problem) => {
    const scheme = { ...callbackSignature, ...change };
    expect(() => signatureCheck("the door", scheme, ["s"], nodeCrypto)).toThrow(
      `the door: the signature scheme ${problem}`,
    );
    expect(() => createSigner("the client", scheme, "s", nodeCrypto)).toThrow(problem);
  });

  it.each(["whsec_", "whsec_ä", "a"])("a secret that is %j, which is no base64", (secret) => {
    expect(() =>
      signatureCheck("the door", standardWebhooksSignature, [secret], nodeCrypto),
    ).toThrow('the secret must be base64, after "whsec_" if that is there');
  });
});
