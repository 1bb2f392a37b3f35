import type { ViolationCollector } from "./violation-collector.ts";

/**
 * A generated validator. Problems of the message go to the collector; a rule
 * that can't be evaluated for this message throws a `RuleError`.
 */
export type Validator<T> = (message: T, violations: ViolationCollector) => void;

/** The validator of messages that have no rules. */
export function noRules(): void {}
