import type { CompactCodec } from "botwire/compact";
import { type Fixture, loadFixtures, type TsFixture } from "../codec/fixtures.ts";

/** Every message type that the codec tests know. */
export const fixtures = await loadFixtures();

/** Those that ts-proto can handle, with their tables. */
export const tables: readonly (Fixture & { readonly ts: TsFixture })[] = fixtures.all.flatMap(
  ({ ts, ...fixture }) => (ts === undefined ? [] : [{ ...fixture, ts }]),
);

/** What ts-proto and botwire have for a message type. */
export function tsOf(typeName: string): TsFixture {
  const { ts } = fixtures.get(typeName);
  if (ts === undefined) {
    throw new Error(`ts-proto can't handle ${typeName}`);
  }
  return ts;
}

/** The table of a message of codec.v1. */
export function table(name: string): CompactCodec<object> {
  return tsOf(`codec.v1.${name}`).compact;
}
