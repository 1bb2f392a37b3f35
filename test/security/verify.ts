import { webCrypto } from "../../src/runtime/http/web-crypto.ts";
import { signatureCheck } from "../../src/runtime/security/signature-check.ts";
import type { SignatureScheme } from "../../src/runtime/security/signature-scheme.ts";
import { nodeCrypto } from "../../src/runtime/server/node-crypto.ts";

/** Both forms of the cryptography that doors use. */
export const platforms = [
  ["node:crypto", nodeCrypto],
  ["WebCrypto", webCrypto],
] as const;

/** Headers by lower-case name. */
export type HeaderMap = Readonly<Record<string, string>>;

/**
 * `valid`, or why a request is refused; the same on both platforms, or both
 * answers.
 */
export async function verdict(
  scheme: SignatureScheme,
  secrets: string | readonly string[],
  headers: HeaderMap,
  body: string | Uint8Array,
): Promise<string> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const verdicts = new Set<string>();
  for (const [, crypto] of platforms) {
    const check = signatureCheck("test", scheme, [secrets].flat(), crypto);
    try {
      await check({ get: (name) => headers[name] }, bytes);
      verdicts.add("valid");
    } catch (error) {
      verdicts.add(String(error));
    }
  }
  return [...verdicts].join(" / ");
}
