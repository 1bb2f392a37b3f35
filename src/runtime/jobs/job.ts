/**
 * Where a job stands: its action is to run or runs; its result is to be
 * delivered; its result could not be delivered.
 */
export type JobState = "running" | "delivering" | "dead";

/** A job as a store keeps it: plain JSON. */
export interface Job {
  readonly id: string;
  readonly state: JobState;
  readonly action: string;
  /** The request in ProtoJSON. */
  readonly request: string;
  readonly caller: JobCaller;
  readonly traceId: string;
  /** The header of the call that asked for the job, if it had a valid one. */
  readonly traceparent: string | undefined;
  /** Other headers of that call which the job keeps, by lower-case name. */
  readonly headers: readonly (readonly [string, string])[];
  /** In milliseconds since 1970. */
  readonly createdAt: number;
  /** Whether the handler may have begun. */
  readonly started: boolean;
  /** The body of the callback; undefined while the action runs. */
  readonly result: string | undefined;
  /** How often delivery was tried; while the action runs, how often it was cut off. */
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly lastError: string | undefined;
}

/** On whose behalf a job runs. */
export interface JobCaller {
  readonly authenticated: boolean;
  readonly botId: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly connectorId: string;
  readonly eventId: string;
  readonly locale: string;
  readonly deviceClass: string;
}
