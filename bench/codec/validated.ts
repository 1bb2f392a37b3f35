import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { create, type DescMessage, fromJsonString, toJsonString } from "@bufbuild/protobuf";
import { createValidator } from "@bufbuild/protovalidate";
import type { MessageSchema } from "botwire";
import { fromJsonString as read } from "botwire/codec";
import { validate } from "botwire/validate";
import { type BenchLine, type Effort, measureRates } from "../harness.ts";
import { generate } from "../validate/generate.ts";
import { validMeetings } from "../validate/inputs.ts";

const baseline = "protobuf-es and protovalidate-es 1.3";
const peer = "JSON.parse and ajv";
const target = 8;

/** JSON text to a validated message, as a server needs it. */
export async function* measureValidated(effort: Effort): AsyncIterable<BenchLine> {
  const folder = generate();
  const path = "bench/validate/v1/meeting";
  const es = await load(`${folder}/es/${path}_pb.ts`);
  const ts = await load(`${folder}/ts-proto/${path}.ts`);
  const peers = await load("bench/peers/validate/schemas.js");
  const desc = es["ScheduleMeetingSchema"] as DescMessage;
  const schema = ts["ScheduleMeetingSchema"] as MessageSchema<unknown>;
  const ajv = peers["ajv"] as (value: unknown) => boolean;
  const oracle = createValidator();
  const texts = validMeetings.map(({ target, ...rest }) =>
    toJsonString(
      desc,
      create(desc, {
        ...structuredClone(rest),
        target: target && { case: target.$case, value: target.value },
      } as Record<string, unknown>),
    ),
  );
  // The schema of ajv is one of plain objects, so that it gets what fits it.
  const plain = validMeetings.map((meeting) => JSON.stringify(meeting));
  const at = (values: readonly string[], i: number) => values[i] ?? "";
  const contenders = [
    {
      name: baseline,
      run: (i: number) => oracle.validate(desc, fromJsonString(desc, at(texts, i))).kind,
    },
    {
      name: "botwire",
      run: (i: number) => validate(schema, read(schema, at(texts, i))).length === 0,
    },
    { name: peer, run: (i: number) => ajv(JSON.parse(at(plain, i))) },
    { name: "JSON.parse", run: (i: number) => JSON.parse(at(texts, i)) },
  ];
  for (const i of texts.keys()) {
    const [wanted, ...others] = contenders.slice(0, 3).map((contender) => contender.run(i));
    if (wanted !== "valid" || others.includes(false)) {
      throw new Error(`meeting ${i} should be valid for everyone`);
    }
  }
  const rates = measureRates(contenders, texts.length, effort);
  const base = rates.get(baseline) ?? Number.NaN;
  const ours = rates.get("botwire") ?? Number.NaN;
  for (const [name, value] of rates) {
    const ratio = value / base;
    yield {
      suite: "codec",
      case: "JSON text to a validated message",
      metric: name,
      value,
      unit: "messages/s",
      against: baseline,
      ratio,
      ...(name === "botwire" ? { target: `>= ${target}x`, met: ratio >= target } : {}),
    };
  }
  const ahead = ours / (rates.get(peer) ?? Number.NaN);
  yield {
    suite: "codec",
    case: "JSON text to a validated message",
    metric: "botwire",
    value: ours,
    unit: "messages/s",
    against: peer,
    ratio: ahead,
    target: "> 1x",
    met: ahead > 1,
  };
}

async function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  return import(pathToFileURL(resolve(path)).href);
}
