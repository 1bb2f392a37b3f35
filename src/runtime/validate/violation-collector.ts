import { siteOf } from "./site.ts";
import type { FieldPathElement, Subscript, Violation } from "./violation.ts";

/** A moment, as `google.protobuf.Timestamp` has it. */
export interface Moment {
  readonly seconds: bigint;
  readonly nanos: number;
}

/**
 * Takes the violations of one message while generated code checks it.
 *
 * A check that fails records the field that it looked at, and each message
 * around it puts its own step in front, which it does only if the collector has
 * grown.
 */
export class ViolationCollector {
  /** The violations, in the order in which protovalidate reports them. */
  violations: Mutable[] = [];
  /** How many violations there are. */
  count = 0;
  /** Whether there are enough, so that nothing more needs to be checked. */
  full = false;
  readonly #limit: number;
  /** The present, once it is known; read it with `nowOf`. */
  declare now: Date | Moment | undefined;

  constructor(limit = Infinity, now?: Date) {
    this.#limit = limit;
    this.now = now;
  }

  /**
   * Records a broken rule, of a part of the field if there is a subscript;
   * once there are enough, it does nothing.
   *
   * @param text the field and the rule, as `siteOf` reads them
   */
  add(text: string, message: string, subscript?: Subscript): void {
    if (!this.full) {
      const { field, rule, ruleId, forKey } = siteOf(text);
      this.violations.push({ field: partOf(field, subscript), rule, ruleId, message, forKey });
      this.full = ++this.count >= this.#limit;
    }
  }

  /** Puts a step in front of the paths of all violations since there were `start`. */
  within(start: number, text: string, subscript?: Subscript): void {
    const part = partOf(siteOf(text).field, subscript)[0] as FieldPathElement;
    for (let i = start; i < this.count; i++) {
      const violation = this.violations[i] as Mutable;
      const field = violation.field;
      // V8 gives a list that grows room for many.
      violation.field =
        field.length === 1 ? [part, field[0] as FieldPathElement] : [part, ...field];
    }
  }
}

/** The path to a field, or to a part of it. */
function partOf(
  field: readonly FieldPathElement[],
  subscript: Subscript | undefined,
): readonly FieldPathElement[] {
  if (!subscript) {
    return field;
  }
  // V8 takes several times as long to spread the step. One to a map has all members.
  const { fieldName, fieldNumber, fieldType, keyType, valueType } =
    field[0] as Required<FieldPathElement>;
  return [
    keyType
      ? { fieldName, fieldNumber, fieldType, keyType, valueType, subscript }
      : { fieldName, fieldNumber, fieldType, subscript },
  ];
}

/** A violation whose path is still growing at its front. */
type Mutable = Omit<Violation, "field"> & { field: readonly FieldPathElement[] };

/** The last second that was the present, as a bigint: making one costs more than all else. */
let lastSecond = { number: 0, seconds: 0n };

/** The present: the same for every rule of one validation. */
export function nowOf(violations: ViolationCollector): Moment {
  const { now } = violations;
  if (now !== undefined && "nanos" in now) {
    return now;
  }
  const milliseconds = now?.getTime() ?? Date.now();
  const number = Math.floor(milliseconds / 1000);
  if (number !== lastSecond.number) {
    lastSecond = { number, seconds: BigInt(number) };
  }
  const nanos = (milliseconds - number * 1000) * 1_000_000;
  const moment = { seconds: lastSecond.seconds, nanos };
  violations.now = moment;
  return moment;
}
