import type { ViolationCollector } from "./violation-collector.ts";

/** A generated validator. It never throws; problems go to the collector. */
export type Validator<T> = (message: T, violations: ViolationCollector) => void;
