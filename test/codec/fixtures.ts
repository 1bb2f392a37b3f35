// Every message type that the codec tests know, with its codecs for both models.

import { globSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createRegistry,
  type DescFile,
  type DescMessage,
  type Message,
  type Registry,
} from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import type { AnyTypes, MessageCodec } from "botwire/codec";
import { type CompactCodec, compactSchema } from "botwire/compact";
import { tableName } from "../../src/generator/emit/compact/table-names.ts";
import { qualifiedName } from "../../src/generator/emit/qualified-name.ts";
import { anyTypesOf } from "../../src/runtime/codec/protobuf-any-types.ts";
import { generate } from "./generate.ts";

/** One message type. */
export interface Fixture {
  readonly desc: DescMessage;
  /** The codec for the messages of protobuf-es. */
  readonly es: MessageCodec<Message>;
  /** Codecs for the messages of ts-proto; undefined beyond proto3. */
  readonly ts: TsFixture | undefined;
}

/** A message type of ts-proto. */
export interface TsFixture {
  readonly codec: MessageCodec<object>;
  /** The table of the same messages. */
  readonly compact: CompactCodec<object>;
  /** What generated schemas have of that table. */
  readonly bridge: MessageCodec<object>;
  encode(message: object): Uint8Array;
  decode(bytes: Uint8Array): object;
}

/** All message types, and what reading and writing them may need. */
export interface Fixtures {
  readonly all: readonly Fixture[];
  readonly registry: Registry;
  readonly anyTypes: AnyTypes;
  get(typeName: string): Fixture;
}

type Exports = Readonly<Record<string, unknown>>;

/** Generates all code that is missing, and loads it. */
export async function loadFixtures(): Promise<Fixtures> {
  const folder = generate();
  const files: DescFile[] = [];
  const all: Fixture[] = [];
  for (const path of globSync("**/*_pb.ts", { cwd: join(folder, "es") }).sort()) {
    const name = path.replace(/_pb\.ts$/, "");
    const descriptors = await load(join(folder, "es", path));
    const file = Object.values(descriptors).find(isFile);
    if (file === undefined) {
      throw new Error(`${path} has no descriptor of its file`);
    }
    files.push(file);
    const es = await load(join(folder, "protobuf-es", `${name}.codec.ts`));
    const proto3 = file.proto.syntax === "proto3";
    const ts = proto3
      ? await loadOptional(join(folder, "ts-proto", `${name}.codec.ts`))
      : undefined;
    const types = ts && (await load(join(folder, "types", `${name}.ts`)));
    const tables = ts && (await load(join(folder, "compact", `${name}.codec.ts`)));
    for (const desc of nestedTypes(file)) {
      if (desc.kind === "message") {
        all.push({
          desc,
          es: codec<Message>(desc, es),
          ts: ts &&
            types &&
            tables && {
              codec: codec<object>(desc, ts),
              ...compact(desc, tables),
              ...binary(desc, types),
            },
        });
      }
    }
  }
  // Messages only: botwire doesn't know extensions, and without them protobuf-es doesn't either.
  const messages = [...files, ...files.flatMap((file) => file.dependencies)]
    .flatMap((file) => [...nestedTypes(file)])
    .filter((desc) => desc.kind === "message");
  const registry = createRegistry(...messages);
  return {
    all,
    registry,
    anyTypes: anyTypesOf(registry),
    get(typeName) {
      const fixture = all.find(({ desc }) => desc.typeName === typeName);
      if (fixture === undefined) {
        throw new Error(`no fixture ${typeName}`);
      }
      return fixture;
    },
  };
}

/** The codec for the messages of ts-proto, of a type that has one. */
export function tsCodec({ desc, ts }: Fixture): MessageCodec<object> {
  if (ts === undefined) {
    throw new Error(`ts-proto can't handle ${desc.typeName}`);
  }
  return ts.codec;
}

async function load(path: string): Promise<Exports> {
  return import(pathToFileURL(resolve(path)).href);
}

async function loadOptional(path: string): Promise<Exports | undefined> {
  return globSync(path).length === 0 ? undefined : load(path);
}

function isFile(value: unknown): value is DescFile {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "file";
}

function codec<T>(desc: DescMessage, module: Exports): MessageCodec<T> {
  const name = qualifiedName(desc);
  return {
    typeName: desc.typeName,
    init: module[`init${name}`],
    readJson: module[`read${name}`],
    writeJson: module[`write${name}`],
    params: module[`params${name}`],
  } as MessageCodec<T>;
}

function compact(desc: DescMessage, module: Exports): Pick<TsFixture, "compact" | "bridge"> {
  const table = module[tableName(desc)] as CompactCodec<object>;
  return { compact: table, bridge: compactSchema(table, {}) };
}

interface TsType {
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}

function binary(desc: DescMessage, module: Exports): Pick<TsFixture, "encode" | "decode"> {
  // ts-proto names nested types as we do, apart from underscores.
  const name = Object.keys(module).find(
    (key) => key.replaceAll("_", "") === qualifiedName(desc).replaceAll("_", ""),
  );
  const type = module[name ?? ""] as TsType;
  return {
    encode: (message) => type.encode(message).finish(),
    decode: (bytes) => type.decode(bytes),
  };
}
