import { readdirSync, readFileSync } from "node:fs";
import { createValidator } from "@bufbuild/protovalidate";
import { compileProto, type ProtoFiles } from "../../generator/compile-proto.ts";
import { createRandom } from "../../regex/random-pattern.ts";
import { compareVerdicts, type FuzzResult, noResult } from "../fuzz/compare-verdicts.ts";
import { prepareSubjects, type SubjectFolders, withSubjectFolders } from "../fuzz/subjects.ts";

const folder = new URL("proto/", import.meta.url);

/** The annotated .proto files of this folder, as people of different trades write them. */
function readSchemas(): ProtoFiles {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
  );
}

/**
 * Compares the validators of .proto files as people write them with
 * protovalidate, on so many random messages of all types together, near the
 * borders that their rules draw. Those of proto3 are run with both message models.
 */
export async function fuzzSchemas(seed: number, messages: number): Promise<FuzzResult> {
  return await withSubjectFolders((folders) => compareSchemas(folders, seed, messages));
}

async function compareSchemas(
  folders: SubjectFolders,
  seed: number,
  messages: number,
): Promise<FuzzResult> {
  const sources = readSchemas();
  const { file } = compileProto(sources);
  const result = noResult();
  const { registry, subjects } = await prepareSubjects(folders, file, Object.keys(sources));
  const oracle = createValidator({ registry });
  const values = Math.ceil(messages / [...subjects.values()].flat().length);
  const random = createRandom(seed);
  for (const [name, ofFile] of subjects) {
    const note = (text: string) => result.differences.push(`${name}, seed ${seed}: ${text}`);
    for (const subject of ofFile) {
      compareVerdicts(random, oracle, subject, values, result, note);
    }
  }
  return result;
}
