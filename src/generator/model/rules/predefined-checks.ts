import {
  type DescExtension,
  type DescFile,
  getExtension,
  getOption,
  hasOption,
} from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { predefined as predefinedOption } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { CelCheck, CelSubject } from "./check.ts";
import { below, reportRule, ruleInfo } from "./rule-place.ts";
import type { RuleSet } from "./rule-set.ts";

/** Extensions of the rule messages, by the type name of the message and their number. */
export type Predefined = ReadonlyMap<string, DescExtension>;

/** The predefined rules that files declare. */
export function findPredefined(files: Iterable<DescFile>): Predefined {
  const found = new Map<string, DescExtension>();
  for (const file of files) {
    for (const desc of nestedTypes(file)) {
      if (desc.kind === "extension" && hasOption(desc, predefinedOption)) {
        found.set(key(desc.extendee.typeName, desc.number), desc);
      }
    }
  }
  return found;
}

/** The checks of predefined rules, in the order in which they were set. */
export function predefinedChecks(
  set: RuleSet,
  subject: CelSubject,
  predefined: Predefined,
): CelCheck[] {
  const numbers = new Set((set.rules.$unknown ?? []).map(({ no }) => no));
  return [...numbers].flatMap((number) => {
    const extension = predefined.get(key(set.desc.typeName, number));
    if (extension === undefined) {
      const place = { ...set.place, path: [...set.place.path, { number, name: "", type: 0 }] };
      reportRule(
        place,
        `nothing is known of rule ${number} of ${set.desc.typeName}: import the file that declares it with (buf.validate.predefined), or update botwire`,
      );
      return [];
    }
    const place = below(set.place, extension);
    const rule = getExtension(set.rules, extension);
    return getOption(extension, predefinedOption).cel.map(({ id, expression, message }) => ({
      kind: "cel" as const,
      expression,
      rule: ruleInfo(place, id, message),
      subject,
      place,
      predefined: { desc: set.desc, rules: set.rules, extension, rule },
    }));
  });
}

function key(typeName: string, number: number): string {
  return `${typeName}/${number}`;
}
