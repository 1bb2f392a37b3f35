import type { Message } from "@bufbuild/protobuf";
import type { Validator as Oracle } from "@bufbuild/protovalidate";
import type { Random } from "../../regex/random-pattern.ts";
import { changedMessage, randomMessage } from "./random-message.ts";
import { overTheWire, type Subject } from "./subjects.ts";
import { actualVerdict, expectedVerdict, type Verdict } from "./verdict.ts";

/** What a fuzz found. */
export interface FuzzResult {
  messages: number;
  violations: number;
  /** What differs, with what shows it again. */
  readonly differences: string[];
}

/** An empty result, for a fuzz to add to. */
export function noResult(): FuzzResult {
  return { messages: 0, violations: 0, differences: [] };
}

/**
 * Compares what the validators of a message say of random values with what
 * protovalidate says: ids, messages, paths, and the order.
 */
export function compareVerdicts(
  random: Random,
  oracle: Oracle,
  { desc, validator, plain, problems }: Subject,
  values: number,
  result: FuzzResult,
  note: (text: string) => void,
): void {
  for (const problem of problems) {
    note(`${desc.name} is refused: ${problem}`);
  }
  let best: { readonly message: Message; readonly violations: number } | undefined;
  for (let i = 0; i < values; i++) {
    // Half of them start over; the others get closer to a valid message, step by step.
    const message =
      best === undefined || i % 2 === 0
        ? randomMessage(random, desc)
        : changedMessage(random, desc, best.message);
    const wanted = expectedVerdict(oracle, desc, message);
    if (best === undefined || wanted.length <= best.violations) {
      best = { message, violations: wanted.length };
    }
    result.messages++;
    result.violations += wanted.length;
    const difference = differenceOf(wanted, actualVerdict(validator, message));
    if (difference !== undefined) {
      note(`${desc.name} ${i}: ${difference}`);
    }
    const [again, bytes] = plain === undefined ? [message] : overTheWire(desc, message);
    // Of a key `__proto__` ts-proto's decoders make the map's prototype.
    if (plain !== undefined && bytes !== undefined && !Buffer.from(bytes).includes("__proto__")) {
      // ts-proto keeps some maps in the order of the wire, protobuf-es sorts them.
      const found = actualVerdict(plain.validator, plain.decode(bytes)).toSorted();
      // What the wire changes, text that isn't well-formed for one, protovalidate must see, too.
      const difference =
        differenceOf(wanted.toSorted(), found) &&
        differenceOf(expectedVerdict(oracle, desc, again).toSorted(), found);
      if (difference !== undefined) {
        note(`${desc.name} ${i} of ts-proto: ${difference}`);
      }
    }
  }
}

function differenceOf(wanted: Verdict, got: Verdict): string | undefined {
  if (wanted.length === got.length && wanted.every((line, i) => line === got[i])) {
    return undefined;
  }
  const missing = wanted.filter((line) => !got.includes(line));
  const extra = got.filter((line) => !wanted.includes(line));
  return missing.length + extra.length === 0
    ? `another order: ${got.join("; ")}, not ${wanted.join("; ")}`
    : `missing ${missing.join("; ")}, too much ${extra.join("; ")}`;
}
