import type { ImplementedAction } from "./implement.ts";

/** What a call may use of a pipeline, if that is not everything: what its bot was granted. */
export interface CallGrant {
  /**
   * The action of a name; the only one if the caller left the name out. Throws
   * an `ActionError` for actions that are not granted, as if there were none.
   */
  find(name: string | undefined): ImplementedAction;
  /** The longest that the call may take, in milliseconds. */
  readonly deadlineMs: number | undefined;
  /** Called once, when the call is over. */
  ended(): void;
}
