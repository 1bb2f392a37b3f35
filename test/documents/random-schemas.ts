import {
  type DescMessage,
  fromJson,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import {
  type FileDescriptorProto,
  file_google_protobuf_any,
  file_google_protobuf_descriptor,
  file_google_protobuf_duration,
  file_google_protobuf_field_mask,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { createDiagnostics } from "../../src/generator/model/diagnostics.ts";
import { createRuleBook } from "../../src/generator/model/rules/rule-book.ts";
import { createMessageTypes } from "../../src/generator/tool-model/build-message.ts";
import type { MessageType } from "../../src/generator/tool-model/message-type.ts";
import { RuleError } from "../../src/runtime/validate/rule-error.ts";
import { validate } from "../../src/runtime/validate/validate.ts";
import type { Validator } from "../../src/runtime/validate/validator.ts";
import type { Violation } from "../../src/runtime/validate/violation.ts";
import { createRandom } from "../regex/random-pattern.ts";
import { predefinedFile } from "../validate/fuzz/predefined-rules.ts";
import { randomMessage } from "../validate/fuzz/random-message.ts";
import { randomFile } from "../validate/fuzz/random-schema.ts";
import { generateValidators } from "../validate/support/generated-validators.ts";
import { createModuleFolder } from "../validate/support/module-folder.ts";

const wellKnown = [
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_field_mask,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
].map(({ proto }) => proto);

/** A random message in its JSON form, and what the generated validator says of it. */
export interface Sample {
  readonly json: JsonValue;
  /** The rules that it breaks. */
  readonly violations: readonly Violation[];
  /** Their ids, of those about keys of maps with "key " before. */
  readonly broken: readonly string[];
}

/** A message type of a random schema. */
export interface RandomType {
  readonly type: MessageType;
  readonly samples: readonly Sample[];
}

/** Random messages of a random schema with random rules. The same seed gives the same ones. */
export async function randomTypes(seed: number, count: number): Promise<RandomType[]> {
  const folder = createModuleFolder();
  try {
    const random = createRandom(seed);
    const own = randomFile(random, `fuzz_${seed}.proto`, 12, seed % 3 === 2 ? "proto2" : "proto3");
    const files: FileDescriptorProto[] = [
      file_google_protobuf_descriptor.proto,
      ...wellKnown,
      file_buf_validate_validate.proto,
      predefinedFile,
      own,
    ];
    const generated = generateValidators(folder, "protobuf-es", files, [own.name]);
    const diagnostics = createDiagnostics();
    const typeOf = createMessageTypes(
      createRuleBook(generated.registry.files, diagnostics),
      diagnostics,
    );
    const types: RandomType[] = [];
    for (const { name } of own.messageType) {
      const desc = generated.registry.getMessage(`${own.package}.${name}`);
      if (desc === undefined || generated.problemsOf(desc).length > 0) {
        continue;
      }
      const validator = await generated.validatorOf(desc);
      const samples = Array.from({ length: count }, () => randomMessage(random, desc)).flatMap(
        (message) => {
          // With and without zero values: clients leave them out, doors write them.
          const written = [false, true].flatMap((zeros) => writeJson(desc, message, zeros) ?? []);
          return written.flatMap((json) => {
            // What is read, because minus zero and other things get lost on the way.
            const violations = brokenRules(validator, fromJson(desc, json));
            const broken = violations?.map(({ ruleId, forKey }) =>
              forKey ? `key ${ruleId}` : ruleId,
            );
            return violations === undefined || broken === undefined
              ? []
              : [{ json, violations, broken }];
          });
        },
      );
      types.push({ type: typeOf(desc), samples });
    }
    return types;
  } finally {
    folder.remove();
  }
}

/** Half of a pair of surrogates, as JSON.stringify writes it. */
const halfOfPair = /\\ud[89a-f]/;

/** Undefined for what has no JSON form: an Any of an unknown type, text that is not well-formed. */
function writeJson(desc: DescMessage, message: Message, zeros: boolean): JsonValue | undefined {
  try {
    const options = { useProtoFieldName: true, alwaysEmitImplicit: zeros };
    const text = JSON.stringify(toJson(desc, message, options));
    return halfOfPair.test(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Undefined if a rule can't be applied to the message, such as a pattern to bytes that are no text. */
function brokenRules(validator: Validator<unknown>, message: Message): Violation[] | undefined {
  try {
    return validate({ validate: validator }, message);
  } catch (error) {
    if (error instanceof RuleError) {
      return undefined;
    }
    throw error;
  }
}
