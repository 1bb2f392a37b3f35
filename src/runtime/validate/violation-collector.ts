import type { Rule } from "./rule.ts";
import type { FieldPathElement, Violation } from "./violation.ts";

/** A moment, as `google.protobuf.Timestamp` has it. */
export interface Moment {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** What a validation may be told. */
export interface CollectorOptions {
  /** Stop after so many violations; without it, all are collected. */
  readonly limit?: number | undefined;
  /** The present, for rules such as `lt_now`; the system's clock without it. */
  readonly now?: Date | undefined;
}

/**
 * Takes the violations of one message while generated code checks it.
 *
 * Nothing is allocated while there is no violation: a check that fails records
 * the field that it looked at, and each message around it puts its own step in
 * front, which it does only if the collector has grown.
 */
export class ViolationCollector {
  /** How many violations there are. */
  count = 0;
  #violations: Mutable[] | undefined;
  readonly #limit: number;
  /** The present, once it is known; read it with `nowOf`. */
  now: Date | Moment | undefined;

  constructor(options?: CollectorOptions) {
    this.#limit = options?.limit ?? Number.POSITIVE_INFINITY;
    this.now = options?.now;
  }

  /** The violations, in the order in which protovalidate reports them. */
  get violations(): Violation[] {
    return this.#violations ?? [];
  }

  /**
   * Records a broken rule. Without a field, it is about the whole message.
   * Returns true if that is enough, and the check must end.
   */
  add(rule: Rule, field?: FieldPathElement, message: string = rule.message): boolean {
    this.#violations ??= [];
    this.#violations.push({
      field: field === undefined ? [] : [field],
      rule: rule.path,
      ruleId: rule.id,
      message,
      forKey: rule.forKey,
    });
    return ++this.count >= this.#limit;
  }

  /**
   * Puts a step in front of the paths of all violations since there were
   * `start`. Returns true if that is enough, and the check must end.
   */
  within(start: number, step: FieldPathElement): boolean {
    const violations = this.#violations ?? [];
    for (let i = start; i < violations.length; i++) {
      const violation = violations[i];
      if (violation !== undefined) {
        violation.field = [step, ...violation.field];
      }
    }
    return this.count >= this.#limit;
  }
}

/** A violation whose path is still growing at its front. */
type Mutable = Omit<Violation, "field"> & { field: readonly FieldPathElement[] };

/** The present: the same for every rule of one validation. */
export function nowOf(violations: ViolationCollector): Moment {
  const { now } = violations;
  if (now !== undefined && "nanos" in now) {
    return now;
  }
  const milliseconds = now?.getTime() ?? Date.now();
  const seconds = Math.floor(milliseconds / 1000);
  const moment = { seconds: BigInt(seconds), nanos: (milliseconds - seconds * 1000) * 1_000_000 };
  violations.now = moment;
  return moment;
}
