import {
  fromBinary,
  fromJson,
  fromJsonString,
  type Message,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import {
  type MessageCodec,
  type ReadOptions,
  type ReadResult,
  tryFromJson,
  tryFromJsonString,
  type WriteOptions,
  toJson as write,
} from "botwire/codec";
import * as compactly from "botwire/compact";
import type { Fixture, Fixtures, TsFixture } from "../../codec/fixtures.ts";
import { show } from "./show.ts";

/** How botwire and protobuf-es differ for one input. */
export interface Difference {
  readonly what: string;
  readonly typeName: string;
  readonly input: string;
  readonly ignoreUnknown: boolean;
  readonly expected: string;
  readonly actual: string;
}

/** The ways to write a message, in the words of both libraries. */
const writeOptions = [
  { theirs: {}, ours: {} },
  { theirs: { useProtoFieldName: true }, ours: { naming: "proto" } },
  { theirs: { alwaysEmitImplicit: true }, ours: { alwaysEmitImplicit: true } },
] as const;

/** Compares botwire with protobuf-es, for one type and one JSON text. */
export function compare(
  fixtures: Fixtures,
  fixture: Fixture,
  text: string,
  ignoreUnknown: boolean,
): Difference | undefined {
  const comparison = createComparison(fixtures, fixture, text, ignoreUnknown);
  return comparison.run();
}

type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

function createComparison(
  { registry, anyTypes }: Fixtures,
  { desc, es, ts }: Fixture,
  text: string,
  ignoreUnknown: boolean,
) {
  const theirOptions = { registry, ignoreUnknownFields: ignoreUnknown };
  const ourOptions = { anyTypes, unknownFields: ignoreUnknown ? "ignore" : "refuse" } as const;
  const difference = (what: string, expected: string, actual: string): Difference | undefined =>
    expected === actual
      ? undefined
      : {
          what,
          typeName: desc.typeName,
          input: text,
          ignoreUnknown,
          ...excerpts(expected, actual),
        };

  /** Reading: what is refused, and what comes out. */
  function reading(): Difference | undefined {
    const theirText = attempt(() => fromJsonString(desc, text, theirOptions));
    const ourText = result(() => tryFromJsonString(es, text, ourOptions));
    const textual = difference("fromJsonString", outcome(theirText), outcome(ourText));
    if (textual !== undefined || !isJson(text)) {
      return textual;
    }
    const theirs = attempt(() => fromJson(desc, JSON.parse(text), theirOptions));
    const ours = result(() => tryFromJson(es, JSON.parse(text), ourOptions));
    return (
      difference("fromJson", outcome(theirs), outcome(ours)) ??
      (theirs.ok && ours.ok ? writing(theirs.value, ours.value) : undefined)
    );
  }

  /** Writing what was read. */
  function writing(theirs: Message, ours: Message): Difference | undefined {
    for (const { theirs: wanted, ours: given } of writeOptions) {
      const expected = attempt(() => written(desc, theirs, { registry, ...wanted }));
      const actual = attempt(() => write(es, ours, { anyTypes, ...given }));
      const found =
        difference(`toJson ${JSON.stringify(given)}`, outcome(expected), outcome(actual)) ??
        order(expected, actual);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }

  function order(expected: Outcome<unknown>, actual: Outcome<unknown>): Difference | undefined {
    // We write the type of an Any first, protobuf-es last.
    return expected.ok && actual.ok && !text.includes("@type")
      ? difference("order of members", JSON.stringify(expected.value), JSON.stringify(actual.value))
      : undefined;
  }

  /** The same for the messages of ts-proto, which are compared by their binary format. */
  function readingTs(): Difference | undefined {
    return ts && (readingAs("ts-proto", functions(ts.codec), ts) ?? readingTables(ts));
  }

  function readingAs(name: string, codec: TsCodec, ts: TsFixture): Difference | undefined {
    const theirs = attempt(() => fromJsonString(desc, text, theirOptions));
    const ours = result(() => codec.read(text, ourOptions));
    if (theirs.ok !== ours.ok) {
      return difference(`fromJsonString of ${name}`, outcome(theirs), outcome(ours));
    }
    if (!theirs.ok || !ours.ok) {
      return undefined;
    }
    for (const { theirs: wanted, ours: given } of writeOptions) {
      const expected = attempt(() => written(desc, theirs.value, { registry, ...wanted }));
      const actual = attempt(() => codec.write(ours.value, { anyTypes, ...given }));
      const what = `toJson of ${name} ${JSON.stringify(given)}`;
      const found = difference(what, outcome(expected), outcome(actual));
      if (found !== undefined) {
        return found;
      }
    }
    // ts-proto's own encoder takes -0 for 0, and loses such keys of a Struct.
    if (/-0|__proto__/.test(text)) {
      return undefined;
    }
    const theirBytes = attempt(() => fromBinary(desc, toBinary(desc, theirs.value)));
    const ourBytes = attempt(() => fromBinary(desc, ts.encode(ours.value)));
    return theirBytes.ok
      ? difference(`message of ${name}`, outcome(theirBytes), outcome(ourBytes))
      : undefined;
  }

  /** The same for the tables, by themselves and in a schema; and their binary format. */
  function readingTables(ts: TsFixture): Difference | undefined {
    const { compact, bridge } = ts;
    const codec: TsCodec = {
      read: (text, options) => compactly.tryFromJsonString(compact, text, options),
      write: (message, options) => JSON.parse(compactly.toJsonString(compact, message, options)),
    };
    return (
      readingAs("tables", codec, ts) ??
      readingAs("tables in a schema", functions(bridge), ts) ??
      readingValue(ts) ??
      binary(ts)
    );
  }

  function readingValue({ codec, compact }: TsFixture): Difference | undefined {
    if (!isJson(text)) {
      return undefined;
    }
    const expected = result(() => tryFromJson(codec, JSON.parse(text), ourOptions));
    const actual = result(() => compactly.tryFromJson(compact, JSON.parse(text), ourOptions));
    return difference("fromJson of tables", outcome(expected), outcome(actual));
  }

  function binary({ compact }: TsFixture): Difference | undefined {
    const theirs = attempt(() => fromJsonString(desc, text, theirOptions));
    const ours = result(() => compactly.tryFromJsonString(compact, text, ourOptions));
    const wanted = theirs.ok ? attempt(() => toBinary(desc, theirs.value)) : theirs;
    if (!wanted.ok || !ours.ok) {
      return undefined;
    }
    const bytes = attempt(() => compactly.toBinary(compact, ours.value));
    // Strings of a Struct may have them in JSON, but there is no UTF-8 for them.
    if (!bytes.ok && bytes.why.includes("unpaired surrogate")) {
      return undefined;
    }
    const again = () => compactly.toBinary(compact, compactly.fromBinary(compact, wanted.value));
    const expected = outcome({ ok: true, value: fromBinary(desc, wanted.value) });
    const decoded = (encoded: Outcome<Uint8Array>) =>
      outcome(encoded.ok ? attempt(() => fromBinary(desc, encoded.value)) : encoded);
    return (
      difference("toBinary of tables", expected, decoded(bytes)) ??
      difference("fromBinary of tables", expected, decoded(attempt(again)))
    );
  }

  return { run: () => reading() ?? readingTs() };
}

/** Reads and writes messages of ts-proto. */
interface TsCodec {
  read(text: string, options: ReadOptions): ReadResult<object>;
  write(message: object, options: WriteOptions): unknown;
}

function functions(codec: MessageCodec<object>): TsCodec {
  return {
    read: (text, options) => tryFromJsonString(codec, text, options),
    write: (message, options) => write(codec, message, options),
  };
}

/** What protobuf-es writes as text, which has no -0. */
function written(...[desc, message, options]: Parameters<typeof toJsonString>): unknown {
  return JSON.parse(toJsonString(desc, message, options));
}

function attempt<T>(run: () => T): Outcome<T> {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** Our readers return problems, and must never throw. */
function result<T>(run: () => ReadResult<T>): Outcome<T> {
  const read = run();
  return read.ok
    ? { ok: true, value: read.message }
    : { ok: false, why: read.problems.map(({ path, message }) => `${path}: ${message}`).join() };
}

/** Both values around the first place where they differ. */
function excerpts(expected: string, actual: string): Pick<Difference, "expected" | "actual"> {
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) {
    at++;
  }
  const cut = (text: string) => text.slice(Math.max(0, at - 60), at + 140);
  return { expected: cut(expected), actual: cut(actual) };
}

function outcome(result: Outcome<unknown>): string {
  return result.ok ? show(result.value) : "refused";
}

function isJson(text: string): boolean {
  return attempt(() => JSON.parse(text)).ok;
}
