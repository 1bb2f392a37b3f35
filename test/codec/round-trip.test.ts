import { fromBinary, fromJsonString as read, toBinary } from "@bufbuild/protobuf";
import { fromJsonString, toJsonString } from "botwire/codec";
import { describe, expect, test } from "vitest";
import { randomMessage } from "../fuzz/codec/inputs.ts";
import { createRandom } from "../fuzz/codec/random.ts";
import { show } from "../fuzz/codec/show.ts";
import { loadFixtures } from "./fixtures.ts";

const fixtures = await loadFixtures();
const { anyTypes, registry } = fixtures;

/** The test messages of Protobuf's conformance suite. */
const upstream = fixtures.all.filter(
  ({ desc }) => /\.TestAllTypes/.test(desc.typeName) && desc.parent === undefined,
);

describe.each(upstream.map((fixture) => [fixture.desc.typeName, fixture] as const))(
  "%s",
  (_, { desc, es, ts }) => {
    const random = createRandom(7);
    // JSON text has no -0, and ts-proto's binary codec drops such keys.
    const texts = Array.from({ length: 400 }, () => randomMessage(random, desc))
      .filter((text) => !/-0\b|__proto__/.test(text))
      .filter((text) => isComplete(() => toBinary(desc, read(desc, text, { registry }))));

    test("has messages to try", () => {
      expect(texts.length).toBeGreaterThan(10);
    });

    test("keeps messages of protobuf-es through JSON and binary", () => {
      for (const text of texts) {
        const message = fromJsonString(es, text, { anyTypes });
        const again = fromJsonString(es, toJsonString(es, message, { anyTypes }), { anyTypes });
        expect(show(again)).toBe(show(message));
        const bytes = toBinary(desc, message);
        expect(toJsonString(es, fromBinary(desc, bytes), { anyTypes })).toBe(
          toJsonString(es, fromBinary(desc, toBinary(desc, again)), { anyTypes }),
        );
      }
    });

    if (ts === undefined) {
      return;
    }
    test("keeps messages of ts-proto through JSON and binary", () => {
      for (const text of texts) {
        const message = fromJsonString(ts.codec, text, { anyTypes });
        const json = toJsonString(ts.codec, message, { anyTypes });
        expect(show(fromJsonString(ts.codec, json, { anyTypes }))).toBe(show(message));
        const decoded = ts.decode(ts.encode(message));
        expect(toJsonString(ts.codec, decoded, { anyTypes })).toBe(
          toJsonString(es, fromBinary(desc, ts.encode(message)), { anyTypes }),
        );
      }
    });
  },
);

/** Whether a message has all that it needs to be encoded. */
function isComplete(encode: () => Uint8Array): boolean {
  try {
    encode();
    return true;
  } catch {
    return false;
  }
}
