import {
  file_google_protobuf_any,
  file_google_protobuf_descriptor,
  file_google_protobuf_duration,
  file_google_protobuf_field_mask,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import { createValidator } from "@bufbuild/protovalidate";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { createRandom } from "../../regex/random-pattern.ts";
import { addRules } from "./add-rules.ts";
import { compareVerdicts, type FuzzResult, noResult } from "./compare-verdicts.ts";
import { movePackage } from "./move-package.ts";
import { predefinedFile } from "./predefined-rules.ts";
import { randomFile } from "./random-schema.ts";
import { prepareSubjects, type SubjectFolders, withSubjectFolders } from "./subjects.ts";

/** How many messages a file declares, and how many values of each are tried. */
const messagesPerFile = 12;
const valuesPerMessage = 30;

/** How many random messages one random schema is tried with. */
export const messagesPerSchema = messagesPerFile * valuesPerMessage;

/** How many schemas go through the generators together. */
const schemasPerRun = 24;

const dependencies = [
  ...[
    file_google_protobuf_descriptor,
    file_google_protobuf_any,
    file_google_protobuf_duration,
    file_google_protobuf_field_mask,
    file_google_protobuf_timestamp,
    file_google_protobuf_wrappers,
    file_buf_validate_validate,
  ].map(({ proto }) => proto),
  predefinedFile,
];

/**
 * Generates schemas with random rules, and compares what their validators say
 * of random messages with protovalidate. Every third schema is proto2; those
 * of proto3 are run with both message models. A seed gives the same schema and
 * messages whichever other seeds it runs together with.
 */
export async function fuzzValidators(seeds: readonly number[]): Promise<FuzzResult> {
  const result = noResult();
  for (let i = 0; i < seeds.length; i += schemasPerRun) {
    await fuzzTogether(seeds.slice(i, i + schemasPerRun), result);
  }
  return result;
}

async function fuzzTogether(seeds: readonly number[], result: FuzzResult): Promise<void> {
  await withSubjectFolders((folders) => compareSchemas(folders, seeds, result));
}

async function compareSchemas(
  folders: SubjectFolders,
  seeds: readonly number[],
  result: FuzzResult,
): Promise<void> {
  const schemas = seeds.map(randomSchema);
  const { registry, subjects } = await prepareSubjects(
    folders,
    [...dependencies, ...schemas.map(({ file }) => file)],
    schemas.map(({ file }) => file.name),
  );
  // One for all: it keeps what it compiles of the standard rules.
  const oracle = createValidator({ registry });
  for (const { seed, random, file } of schemas) {
    const note = (text: string) => result.differences.push(`seed ${seed}: ${text}`);
    for (const subject of subjects.get(file.name) ?? []) {
      compareVerdicts(random, oracle, subject, valuesPerMessage, result, note);
    }
  }
}

/** The schema of a seed, and the random numbers that go on to its messages. */
function randomSchema(seed: number) {
  const random = createRandom(seed);
  const syntax = seed % 3 === 2 ? "proto2" : "proto3";
  const file = randomFile(random, `fuzz_${seed}.proto`, messagesPerFile, syntax);
  addRules(createRandom(seed ^ 0x5eed), file);
  movePackage(file, `fuzz${seed}`);
  return { seed, random, file };
}
