import {
  type MessageCodec,
  toJsonString,
  tryFromJsonBytes,
  tryFromJsonString,
} from "botwire/codec";
import type { CompactCodec } from "botwire/compact";
import * as compact from "botwire/compact";
import { describe, expect, test } from "vitest";
import { proto3Cases } from "./conformance/proto3-json.ts";
import { type Fixture, loadFixtures, tsCodec } from "./fixtures.ts";

const fixtures = await loadFixtures();
const { anyTypes } = fixtures;
const fixture = fixtures.get("protobuf_test_messages.proto3.TestAllTypesProto3");
const editions = fixtures.get("protobuf_test_messages.editions.proto3.TestAllTypesProto3");

/** Reads and writes again; undefined if the input is refused. */
type RoundTrip = (input: string) => string | undefined;

const models: Readonly<Record<string, RoundTrip>> = {
  "protobuf-es": roundTrip(fixture.es),
  "ts-proto": roundTrip(tsCodec(fixture)),
  "ts-proto, tables": tableRoundTrip(fixture),
  "ts-proto, tables in a schema": roundTrip(bridgeOf(fixture)),
  "protobuf-es, editions": roundTrip(editions.es),
};

describe.each(Object.entries(models))("%s", (_, model) => {
  describe.each(Object.entries(proto3Cases))("%s", (_, cases) => {
    test.each(cases)("$name", ({ input, output }) => {
      expect(model(input)).toBe(output);
    });
  });
});

function tableRoundTrip({ ts }: Fixture): RoundTrip {
  return (input) => {
    const codec = ts?.compact as CompactCodec<object>;
    const result = compact.tryFromJsonString(codec, input, { anyTypes });
    return result.ok ? compact.toJsonString(codec, result.message, { anyTypes }) : undefined;
  };
}

function bridgeOf({ ts }: Fixture): MessageCodec<object> {
  return ts?.bridge as MessageCodec<object>;
}

function roundTrip<T>(codec: MessageCodec<T>): RoundTrip {
  return (input) => {
    const result = tryFromJsonString(codec, input, { anyTypes });
    if (input.isWellFormed()) {
      const bytes = new TextEncoder().encode(input);
      expect(tryFromJsonBytes(codec, bytes, { anyTypes })).toEqual(result);
    }
    return result.ok ? toJsonString(codec, result.message, { anyTypes }) : undefined;
  };
}
