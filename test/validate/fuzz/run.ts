import { createRegistry } from "@bufbuild/protobuf";
import { createValidator } from "@bufbuild/protovalidate";
import { createRandom } from "../../regex/random-pattern.ts";
import { createModuleFolder } from "../support/module-folder.ts";
import { addRules } from "./add-rules.ts";
import { predefinedRules } from "./predefined-rules.ts";
import { randomMessage } from "./random-message.ts";
import { randomFile } from "./random-schema.ts";
import { overTheWire, prepareSubjects } from "./subjects.ts";
import { actualVerdict, expectedVerdict, type Verdict } from "./verdict.ts";

/** What a fuzz found. */
export interface FuzzResult {
  messages: number;
  violations: number;
  /** What differs, with the seed that shows it again. */
  readonly differences: string[];
}

/** How many messages a file declares, and how many values of each are tried. */
const messagesPerFile = 12;

/**
 * Generates schemas with random rules, and compares what their validators say
 * of random messages with protovalidate: ids, messages, paths, and the order.
 * Every third schema is proto2; those of proto3 are run with both message
 * models. The same seed gives the same schemas and messages.
 */
export async function fuzzValidators(
  seed: number,
  messages: number,
  valuesPerMessage = 60,
): Promise<FuzzResult> {
  const result = { messages: 0, violations: 0, differences: [] };
  for (let round = 0; result.messages < messages; round++) {
    await fuzzSchema(seed + round, valuesPerMessage, result);
  }
  return result;
}

/** The schema of one seed. */
export async function fuzzSchema(seed: number, values: number, result: FuzzResult): Promise<void> {
  const folders = { es: createModuleFolder(), plain: createModuleFolder() };
  try {
    const random = createRandom(seed);
    const syntax = seed % 3 === 2 ? "proto2" : "proto3";
    const file = randomFile(random, `fuzz_${seed}.proto`, messagesPerFile, syntax);
    addRules(createRandom(seed ^ 0x5eed), file);
    const note = (text: string) => result.differences.push(`seed ${seed}: ${text}`);
    const subjects = await prepareSubjects(folders, file);
    const oracle = createValidator({
      registry: createRegistry(
        ...subjects.map(({ desc }) => desc),
        ...predefinedRules.map(({ extension }) => extension),
      ),
    });
    for (const { desc, validator, plain, problems } of subjects) {
      for (const problem of problems) {
        note(`${desc.name} is refused: ${problem}`);
      }
      for (let i = 0; i < values; i++) {
        const message = randomMessage(random, desc);
        const wanted = expectedVerdict(oracle, desc, message);
        result.messages++;
        result.violations += wanted.length;
        compare(`${desc.name} ${i}`, wanted, actualVerdict(validator, message), note);
        if (plain !== undefined) {
          const [again, bytes] = overTheWire(desc, message);
          // ts-proto keeps some maps in the order of the wire, protobuf-es sorts them.
          const expected = expectedVerdict(oracle, desc, again).toSorted();
          const found = actualVerdict(plain.validator, plain.decode(bytes)).toSorted();
          compare(`${desc.name} ${i} of ts-proto`, expected, found, note);
        }
      }
    }
  } finally {
    folders.es.remove();
    folders.plain.remove();
  }
}

function compare(what: string, wanted: Verdict, got: Verdict, note: (text: string) => void): void {
  if (wanted.length === got.length && wanted.every((line, i) => line === got[i])) {
    return;
  }
  const missing = wanted.filter((line) => !got.includes(line));
  const extra = got.filter((line) => !wanted.includes(line));
  note(
    missing.length + extra.length === 0
      ? `${what}: another order: ${got.join(" ")}`
      : `${what}: missing ${missing.join(" ")}; too much ${extra.join(" ")}`,
  );
}
