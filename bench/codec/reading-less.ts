import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { fromJsonString, type MessageCodec } from "botwire/codec";
import { JsonTextReader } from "../../src/runtime/codec/text-reader.ts";
import { type BenchLine, type Effort, measureRates } from "../harness.ts";
import { generate } from "./generate.ts";
import { inputsFor } from "./inputs.ts";
import { loadSubject } from "./subjects.ts";

const path = "bench/codec/v1/execute";

/** What it costs to find duplicate keys, and what it spares to skip fields. */
export async function* measureReadingLess(effort: Effort): AsyncIterable<BenchLine> {
  const { desc } = await loadSubject("execute", "ExecuteRequest");
  const { texts } = inputsFor(desc);
  const at = (i: number) => texts[i] ?? "";
  const folder = generate();
  const all = await loadCodec(join(folder, "ts-proto", `${path}.codec.ts`));
  const skipping = await loadCodec(skippingModule(folder));
  const everything = "botwire, every field";
  const rates = measureRates(
    [
      { name: everything, run: (i) => fromJsonString(all, at(i)) },
      { name: "botwire, duplicate keys unseen", run: (i) => readUnseen(all, at(i)) },
      { name: "botwire, params and meeting skipped", run: (i) => fromJsonString(skipping, at(i)) },
    ],
    texts.length,
    effort,
  );
  const base = rates.get(everything) ?? Number.NaN;
  for (const [metric, value] of rates) {
    yield {
      suite: "codec",
      case: "JSON text to ExecuteRequest, of which less is read",
      metric,
      value,
      unit: "messages/s",
      against: everything,
      ratio: value / base,
    };
  }
}

/** A reader that takes any field twice. */
class UnseeingReader extends JsonTextReader {
  protected override markSeen(): void {}
}

function readUnseen(codec: MessageCodec<unknown>, text: string): unknown {
  const input = new UnseeingReader(text, {}, false);
  const read = input.read(codec);
  input.release();
  return read;
}

/** The codec as it is printed if two of its fields have the option `skip`. */
function skippingModule(folder: string): string {
  const codec = readFileSync(join(folder, "ts-proto", `${path}.codec.ts`), "utf8");
  const skipping = codec.replace(/message\.(?:params|meeting) = read\w+\(.*\);/g, "input.skip();");
  if (skipping.split("input.skip();").length !== 3) {
    throw new Error("the fields that should be skipped aren't read as they were");
  }
  const file = join(folder, "ts-proto", `${path}-skipping.codec.ts`);
  writeFileSync(file, skipping);
  return file;
}

async function loadCodec(file: string): Promise<MessageCodec<unknown>> {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(resolve(file)).href);
  return {
    typeName: "bench.codec.v1.ExecuteRequest",
    init: module["initExecuteRequest"],
    readJson: module["readExecuteRequest"],
    writeJson: module["writeExecuteRequest"],
    params: module["paramsExecuteRequest"],
  } as MessageCodec<unknown>;
}
