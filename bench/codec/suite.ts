import { type BenchLine, type Effort, measureRates } from "../harness.ts";
import { measureAllocation } from "./allocation.ts";
import { fastJsonStringify } from "./fast-json-stringify.ts";
import { inputsFor } from "./inputs.ts";
import { measureReadingLess } from "./reading-less.ts";
import { measureSizes } from "./sizes.ts";
import { measureStart } from "./start.ts";
import { baseline, loadSubject } from "./subjects.ts";
import { measureValidated } from "./validated.ts";

const subjects = [
  ["execute", "ExecuteRequest"],
  ["shapes", "Deep"],
  ["shapes", "Wide"],
  ["shapes", "Table"],
] as const;

/** Only for the request the speed is promised; the others show how it holds. */
const targets = { read: 3.5, write: 1.8 };

/** Measures codecs: speed, memory, size and start. */
export async function* run(effort: Effort): AsyncIterable<BenchLine> {
  for (const [file, name] of subjects) {
    const subject = await loadSubject(file, name);
    const inputs = inputsFor(subject.desc);
    const promised = name === "ExecuteRequest";
    const readers = measureRates(subject.readers(inputs), inputs.texts.length, effort);
    yield* lines(`JSON text to ${name}`, readers, promised ? targets.read : undefined);
    const contenders = [
      ...subject.writers(inputs),
      ...(promised ? [await fastJsonStringify(inputs)] : []),
    ];
    const writers = measureRates(contenders, inputs.texts.length, effort);
    yield* lines(`${name} to JSON text`, writers, promised ? targets.write : undefined);
    const decoders = measureRates(subject.decoders(inputs), inputs.messages.length, effort);
    yield* lines(`bytes to ${name}`, decoders, undefined);
    const encoders = measureRates(subject.encoders(inputs), inputs.messages.length, effort);
    yield* lines(`${name} to bytes`, encoders, undefined);
  }
  yield* measureReadingLess(effort);
  yield* measureValidated(effort);
  yield* measureAllocation();
  yield* measureSizes();
  yield* measureStart();
}

function* lines(
  name: string,
  rates: ReadonlyMap<string, number>,
  target: number | undefined,
): Iterable<BenchLine> {
  const base = rates.get(baseline) ?? Number.NaN;
  for (const [contender, value] of rates) {
    const ratio = value / base;
    const judged = target !== undefined && contender.startsWith("botwire (");
    yield {
      suite: "codec",
      case: name,
      metric: contender,
      value,
      unit: "messages/s",
      against: baseline,
      ratio,
      ...(judged ? { target: `>= ${target}x`, met: ratio >= target } : {}),
    };
  }
}
