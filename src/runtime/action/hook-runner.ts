import type { Outcome } from "./call.ts";
import type { CallRecord } from "./call-record.ts";
import type { ActionContext, CallContext, StartContext } from "./context.ts";
import type { ActionError } from "./error.ts";
import type { Hooks, RequestEnd } from "./hooks.ts";
import { isPromiseLike } from "./promise.ts";

type Hook<C, X> = (context: C, extra: X) => void | Promise<void>;

/**
 * One hook of several sets as one function: it returns a promise only if one of
 * them does. When the call moves on without waiting any longer, the sets whose
 * turn has not come are left out.
 */
type JoinedHook<C, X> = (context: C, extra: X, record: CallRecord) => void | Promise<void>;

/** The hooks of a server; undefined where no set has one. */
export interface HookRunner {
  readonly requestStart: JoinedHook<StartContext, undefined> | undefined;
  readonly routeMatch: JoinedHook<ActionContext, undefined> | undefined;
  readonly responseCommit: JoinedHook<CallContext, Outcome> | undefined;
  /** Never throws or rejects. */
  readonly error: JoinedHook<CallContext, ActionError> | undefined;
  /** Never throws or rejects. */
  readonly requestEnd: JoinedHook<CallContext, RequestEnd> | undefined;
}

/** Joins sets of hooks. */
export function joinHooks(sets: readonly Hooks[]): HookRunner {
  return {
    requestStart: joined(sets.map((set) => set.onRequestStart?.bind(set))),
    routeMatch: joined(sets.map((set) => set.onRouteMatch?.bind(set))),
    responseCommit: joined(sets.map((set) => set.onResponseCommit?.bind(set))),
    error: joined(sets.map((set) => guarded("onError", set.onError?.bind(set)))),
    requestEnd: joined(sets.map((set) => guarded("onRequestEnd", set.onRequestEnd?.bind(set)))),
  };
}

function joined<C, X>(hooks: readonly (Hook<C, X> | undefined)[]): JoinedHook<C, X> | undefined {
  const present = hooks.filter((hook) => hook !== undefined);
  const [first, ...others] = present;
  if (first === undefined || others.length === 0) {
    return first;
  }
  return (context, extra, record) => runFrom(present, 0, context, extra, record);
}

function runFrom<C, X>(
  hooks: readonly Hook<C, X>[],
  start: number,
  context: C,
  extra: X,
  record: CallRecord,
): void | Promise<void> {
  const { phase } = record;
  for (let index = start; index < hooks.length; index += 1) {
    const pending = hooks[index]?.(context, extra);
    if (isPromiseLike(pending)) {
      return pending.then(() =>
        record.phase === phase ? runFrom(hooks, index + 1, context, extra, record) : undefined,
      );
    }
  }
}

/** A hook whose failures are logged and go no further. */
function guarded<C extends CallContext, X>(
  name: string,
  hook: Hook<C, X> | undefined,
): Hook<C, X> | undefined {
  if (hook === undefined) {
    return undefined;
  }
  const report = (context: C, error: unknown) => context.log.error(`${name} failed`, { error });
  return (context, extra) => {
    try {
      const pending = hook(context, extra);
      return isPromiseLike(pending)
        ? pending.then(undefined, (error) => report(context, error))
        : undefined;
    } catch (error) {
      report(context, error);
      return undefined;
    }
  };
}
