import { type DescMessage, fromBinary } from "@bufbuild/protobuf";
import { Edition, type FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import type { MessageModelName } from "../../../src/generator/message-model/create-message-model.ts";
import { toViolationsMessage } from "../../../src/runtime/connect/violations.ts";
import { RuleError } from "../../../src/runtime/validate/rule-error.ts";
import { validate } from "../../../src/runtime/validate/validate.ts";
import type { Violation } from "../../../src/runtime/validate/violation.ts";
import {
  type GeneratedValidators,
  generateValidators,
  reachable,
} from "../../validate/support/generated-validators.ts";
import { writeMessageTypes } from "../../validate/support/message-types.ts";
import { createModuleFolder, type ModuleFolder } from "../../validate/support/module-folder.ts";
import { difference } from "./compare.ts";
import {
  type ConformanceCase,
  caseCount,
  now,
  type Outcome,
  readCases,
  readFiles,
} from "./conformance-case.ts";

/** How many cases passed, and how many did not. */
export interface Tally {
  passed: number;
  failed: number;
}

/**
 * Runs every case on validators that are generated for it: all with messages
 * of protobuf-es, and those that are proto3 with ts-proto's as well. Prints a
 * line for each suite, and one for each case that fails.
 */
export async function runProtovalidate(print: (line: string) => void): Promise<Tally> {
  const files = readFiles();
  const cases = readCases();
  const total: Tally = { passed: 0, failed: 0 };
  if (cases.length !== caseCount) {
    print(`${cases.length} cases found, there must be ${caseCount}`);
    total.failed++;
  }
  for (const model of ["protobuf-es", "ts-proto"] as const) {
    const folder = createModuleFolder();
    try {
      const run = await prepare(folder, model, files);
      const suites = Map.groupBy(cases.filter(run.applies), ({ suite }) => suite);
      for (const [suite, members] of suites) {
        const tally = await runSuite(members, run, print);
        print(`${model} ${suite}: ${tally.passed} passed, ${tally.failed} failed`);
        total.passed += tally.passed;
        total.failed += tally.failed;
      }
    } finally {
      folder.remove();
    }
  }
  return total;
}

interface PreparedRun {
  applies(test: ConformanceCase): boolean;
  evaluate(test: ConformanceCase): Promise<Outcome>;
}

async function runSuite(
  cases: readonly ConformanceCase[],
  run: PreparedRun,
  print: (line: string) => void,
): Promise<Tally> {
  const tally = { passed: 0, failed: 0 };
  for (const test of cases) {
    const found = difference(test.wanted, await run.evaluate(test));
    if (found === undefined) {
      tally.passed++;
    } else {
      tally.failed++;
      print(`FAILED ${test.suite}/${test.name} (${test.type}): ${found}`);
    }
  }
  return tally;
}

async function prepare(
  folder: ModuleFolder,
  model: MessageModelName,
  files: FileDescriptorProto[],
): Promise<PreparedRun> {
  const own = files
    .filter(({ name }) => !/^(google\/protobuf|buf\/validate\/validate)/.test(name))
    .map(({ name }) => name);
  const validators = generateValidators(folder, model, files, own);
  if (model === "ts-proto") {
    const wellKnown = files
      .map(({ name }) => name)
      .filter((name) => /^google\/protobuf/.test(name));
    writeMessageTypes(folder, "ts-proto", files, [...own, ...wellKnown]);
  }
  return {
    applies(test) {
      const desc = validators.registry.getMessage(test.type);
      return model === "protobuf-es" || (desc !== undefined && isProto3(desc));
    },
    evaluate: (test) => evaluate(test, folder, model, validators),
  };
}

function isProto3(message: DescMessage): boolean {
  return [...reachable(message)].every(({ file }) => file.edition === Edition.EDITION_PROTO3);
}

async function evaluate(
  test: ConformanceCase,
  folder: ModuleFolder,
  model: MessageModelName,
  validators: GeneratedValidators,
): Promise<Outcome> {
  const desc = validators.registry.getMessage(test.type);
  if (desc === undefined) {
    throw new Error(`there is no message ${test.type}`);
  }
  const [problem] = validators.problemsOf(desc);
  if (problem !== undefined) {
    return { kind: "compilationError", reason: problem };
  }
  const message =
    model === "protobuf-es"
      ? fromBinary(desc, test.input)
      : await decodeTsProto(folder, desc, test.input);
  try {
    const found = validate({ validate: await validators.validatorOf(desc) }, message, { now });
    return { kind: "violations", violations: toViolationsMessage(found.map(asDetail)).violations };
  } catch (error) {
    if (error instanceof RuleError) {
      return { kind: "runtimeError", reason: error.message };
    }
    throw error;
  }
}

function asDetail(violation: Violation) {
  const { ruleId, message, forKey } = violation;
  return { field: "", rule: ruleId, message, forKey, violation };
}

async function decodeTsProto(folder: ModuleFolder, desc: DescMessage, input: Uint8Array) {
  const module = await folder.load(`types/${desc.file.name}.ts`);
  const codec = module[validatorTypeName(desc)];
  if (!isCodec(codec)) {
    throw new Error(`ts-proto has no type for ${desc.typeName}`);
  }
  return codec.decode(input);
}

/** As ts-proto names messages: words between underscores begin with capitals. */
function validatorTypeName(desc: DescMessage): string {
  const name = desc.name.replace(/_+(.)/g, (_, letter: string) => letter.toUpperCase());
  return desc.parent === undefined ? name : `${validatorTypeName(desc.parent)}_${name}`;
}

function isCodec(value: unknown): value is { decode(input: Uint8Array): unknown } {
  return typeof value === "object" && value !== null && "decode" in value;
}
