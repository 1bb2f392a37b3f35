import { createHash, createHmac, randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { HashName } from "../../src/runtime/http/crypto.ts";
import { earlyEqual, earlyRandom } from "../../src/runtime/server/early-crypto.ts";
import { sha256 } from "../../src/runtime/server/sha256.ts";

const hex = (text: string) => Buffer.from(text, "binary").toString("hex");
const nextLoad = () => new Promise((resolve) => setTimeout(resolve, 60));

describe("SHA-256 without node:crypto", () => {
  it("gives the digests that the standard's examples have", () => {
    // https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
    expect(hex(sha256(Buffer.from("abc")))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    expect(
      hex(sha256(Buffer.from("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
    ).toBe("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    expect(hex(sha256(new Uint8Array()))).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  it("agrees with OpenSSL at every length of the last block, and beyond", () => {
    const bytes = randomBytes(70_000);
    for (const length of [...Array(300).keys(), 4095, 4096, 65_536, 70_000]) {
      const part = bytes.subarray(0, length);
      expect(sha256(part), `${length} bytes`).toBe(
        createHash("sha256").update(part).digest("binary"),
      );
    }
  });
});

describe("equality without node:crypto", () => {
  it("sees every bit", () => {
    const bytes = randomBytes(32);
    expect(earlyEqual(bytes, Buffer.from(bytes))).toBe(true);
    for (let bit = 0; bit < 256; bit++) {
      const other = Buffer.from(bytes);
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(earlyEqual(bytes, other)).toBe(false);
    }
  });
});

describe("randomness without node:crypto", () => {
  it.runIf(process.platform !== "win32")("fills all of an array, anew each time", () => {
    const [a, b] = [new Uint8Array(4096), new Uint8Array(4096)];
    expect(earlyRandom(a) && earlyRandom(b)).toBe(true);
    expect(new Set(a).size).toBeGreaterThan(200);
    expect(a).not.toEqual(b);
  });
});

describe("a server's cryptography", () => {
  beforeEach(() => {
    vi.resetModules();
  });

  it.for<HashName>(["sha1", "sha256", "sha512"])(
    "is the same before and after node:crypto has been loaded: %s",
    async (algorithm) => {
      const load = vi.spyOn(process, "getBuiltinModule");
      const { nodeCrypto } = await import("../../src/runtime/server/node-crypto.ts");
      const loads = () => load.mock.calls.filter(([name]) => name === "node:crypto").length;
      const body = randomBytes(1000);
      const keys = [randomBytes(1), randomBytes(63), randomBytes(64), randomBytes(200)];
      const check = () => {
        for (const key of keys) {
          const wanted = createHmac(algorithm, key).update("1.").update(body).update("x").digest();
          const digest = nodeCrypto.hmac(algorithm, Uint8Array.from(key));
          expect(Buffer.from(digest("1.", body, "x") as Uint8Array)).toEqual(wanted);
          expect(nodeCrypto.equal(digest("1.", body, "x") as Uint8Array, wanted)).toBe(true);
          expect(nodeCrypto.equal(digest("2.", body, "x") as Uint8Array, wanted)).toBe(false);
          expect(nodeCrypto.equal(wanted, wanted.subarray(1))).toBe(false);
        }
        const plain = createHash(algorithm).update("é").update(body).digest();
        expect(Buffer.from(nodeCrypto.hash(algorithm)("é", body) as Uint8Array)).toEqual(plain);
      };
      check();
      expect(loads()).toBe(algorithm === "sha256" ? 0 : 1);
      await nextLoad();
      expect(loads()).toBe(1);
      check();
      expect(loads()).toBe(1);
    },
  );

  it("reads bodies that are too long for its memory", async () => {
    const { nodeCrypto } = await import("../../src/runtime/server/node-crypto.ts");
    const body = randomBytes(200_000);
    const wanted = createHmac("sha256", "key").update("1.").update(body).digest();
    const digest = nodeCrypto.hmac("sha256", "key");
    expect(Buffer.from(digest("1.", body) as Uint8Array)).toEqual(wanted);
  });
});
