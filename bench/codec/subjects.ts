import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type DescMessage,
  fromBinary,
  fromJson,
  fromJsonString,
  type Message,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import { type MessageCodec, fromJsonString as read, toJsonString as write } from "botwire/codec";
import type { CompactCodec } from "botwire/compact";
import * as compactly from "botwire/compact";
import type { Contender } from "../harness.ts";
import { generate, protobufjsModule } from "./generate.ts";
import type { Inputs } from "./inputs.ts";

/** What botwire is measured against. */
export const baseline = "protobuf-es";

/** What is measured for one message type, with the codecs of everyone. */
export interface Subject {
  readonly desc: DescMessage;
  /** Contenders that read JSON text. */
  readers(inputs: Inputs): readonly Contender[];
  /** Contenders that write JSON text. */
  writers(inputs: Inputs): readonly Contender[];
  /** Contenders that read the binary format. */
  decoders(inputs: Inputs): readonly Contender[];
  /** Contenders that write the binary format. */
  encoders(inputs: Inputs): readonly Contender[];
}

type Exports = Readonly<Record<string, unknown>>;

interface TsType {
  fromJSON(json: unknown): unknown;
  toJSON(message: unknown): unknown;
  decode(bytes: Uint8Array): unknown;
  encode(message: unknown): { finish(): Uint8Array };
}

interface JsType {
  decode(bytes: Uint8Array): unknown;
  fromObject(json: unknown): unknown;
  toObject(message: unknown, options: object): unknown;
}

/** Loads the codecs of a message type of bench.codec.v1. */
export async function loadSubject(file: string, name: string): Promise<Subject> {
  if (!existsSync("bench/peers/node_modules")) {
    throw new Error('the libraries to compare with are missing: run "npm ci --prefix bench/peers"');
  }
  const folder = generate();
  const path = `bench/codec/v1/${file}`;
  const es = await load(`${folder}/es/${path}_pb.ts`);
  const desc = es[`${name}Schema`] as DescMessage;
  const own = {
    "botwire (ts-proto)": codec(await load(`${folder}/ts-proto/${path}.codec.ts`), name),
    "botwire (protobuf-es)": codec(await load(`${folder}/protobuf-es/${path}.codec.ts`), name),
  };
  const compact = (await load(`${folder}/compact/${path}.codec.ts`))[
    `${name}Codec`
  ] as CompactCodec<unknown>;
  const ts = (await load(`${folder}/ts-proto-json/${path}.ts`))[name] as TsType;
  const js = protobufjsType(await load(protobufjsModule), name);
  return {
    desc,
    readers: ({ messages, texts }) => {
      const jsTexts = jsMessages(desc, js, messages).map((message) =>
        JSON.stringify(js.toObject(message, jsOptions)),
      );
      return [
        { name: baseline, run: (i) => fromJsonString(desc, at(texts, i)) },
        ...Object.entries(own).map(([name, codec]) => ({
          name,
          run: (i: number) => read(codec, at(texts, i)),
        })),
        { name: "botwire, code_size", run: (i) => compactly.fromJsonString(compact, at(texts, i)) },
        {
          name: "protobuf-es, duplicate keys unseen",
          run: (i) => fromJson(desc, JSON.parse(at(texts, i))),
        },
        { name: "ts-proto", run: (i) => ts.fromJSON(JSON.parse(at(texts, i))) },
        { name: "protobufjs", run: (i) => js.fromObject(JSON.parse(at(jsTexts, i))) },
        { name: "JSON.parse", run: (i) => JSON.parse(at(texts, i)) },
      ];
    },
    writers: ({ messages, texts }) => {
      const plain = texts.map((text): unknown => JSON.parse(text));
      const tsMessages = plain.map((json) => ts.fromJSON(json));
      const jsValues = jsMessages(desc, js, messages);
      return [
        { name: baseline, run: (i) => toJsonString(desc, at(messages, i)) },
        {
          name: "botwire (ts-proto)",
          run: (i) => write(own["botwire (ts-proto)"], at(tsMessages, i)),
        },
        {
          name: "botwire (protobuf-es)",
          run: (i) => write(own["botwire (protobuf-es)"], at(messages, i)),
        },
        {
          name: "botwire, code_size",
          run: (i) => compactly.toJsonString(compact, at(tsMessages, i)),
        },
        { name: "ts-proto", run: (i) => JSON.stringify(ts.toJSON(at(tsMessages, i))) },
        { name: "protobufjs", run: (i) => JSON.stringify(js.toObject(at(jsValues, i), jsOptions)) },
        { name: "JSON.stringify", run: (i) => JSON.stringify(at(plain, i)) },
      ];
    },
    decoders: ({ messages }) => {
      const bytes = messages.map((message) => toBinary(desc, message));
      return [
        { name: baseline, run: (i) => fromBinary(desc, at(bytes, i)) },
        { name: "botwire, code_size", run: (i) => compactly.fromBinary(compact, at(bytes, i)) },
        { name: "ts-proto", run: (i) => ts.decode(at(bytes, i)) },
      ];
    },
    encoders: ({ messages }) => {
      const tsMessages = messages.map((message) => ts.decode(toBinary(desc, message)));
      return [
        { name: baseline, run: (i) => toBinary(desc, at(messages, i)) },
        { name: "botwire, code_size", run: (i) => compactly.toBinary(compact, at(tsMessages, i)) },
        { name: "ts-proto", run: (i) => ts.encode(at(tsMessages, i)).finish() },
      ];
    },
  };
}

/** What comes closest to JSON: protobufjs has no form of its own for Timestamp. */
const jsOptions = { longs: String, enums: String, bytes: String };

function jsMessages(desc: DescMessage, js: JsType, messages: readonly Message[]): unknown[] {
  return messages.map((message) => js.decode(toBinary(desc, message)));
}

function at<T>(values: readonly T[], i: number): T {
  return values[i] as T;
}

async function load(path: string): Promise<Exports> {
  return import(pathToFileURL(resolve(path)).href);
}

function codec(module: Exports, name: string): MessageCodec<unknown> {
  return {
    typeName: `bench.codec.v1.${name}`,
    init: module[`init${name}`],
    readJson: module[`read${name}`],
    writeJson: module[`write${name}`],
    params: module[`params${name}`],
  } as MessageCodec<unknown>;
}

function protobufjsType(module: Exports, name: string): JsType {
  let scope = module as Record<string, unknown>;
  for (const step of ["bench", "codec", "v1"]) {
    scope = scope[step] as Record<string, unknown>;
  }
  return scope[name] as JsType;
}
