/**
 * A naive model of the pipeline: synchronous, with no fast paths. Where a step
 * hangs, or takes longer than the call may, it throws `HANG`, which nothing
 * catches, and time is up.
 */
import type { Code } from "botwire";

/** What a step does. The pipeline does it at once, or after a while. */
export type Behaviour = "sync" | "async" | "throw" | "reject" | "hang" | "late";

/** What a middleware does. */
export type MiddlewareBehaviour =
  | "pass"
  | "tail"
  | "before"
  | "after"
  | "answer"
  | "twice"
  | "rescue"
  | "wrap"
  | "read"
  | "hang-before"
  | "hang-after"
  | "late-before"
  | "late-after";

export type HookSet = Partial<Record<"start" | "match" | "commit" | "error" | "end", Behaviour>>;

export interface Scenario {
  readonly streaming: boolean;
  readonly hooks: readonly HookSet[];
  readonly middleware: readonly MiddlewareBehaviour[];
  readonly route: Behaviour;
  readonly decode: Behaviour;
  readonly valid: boolean;
  readonly handler: Behaviour;
  /** For streams: what each message does. */
  readonly messages: readonly Behaviour[];
  /** For streams: after how many messages the caller stops. */
  readonly take: number;
}

export interface Result {
  readonly trace: readonly string[];
  /** What the caller got: a code, or what the message says; for a stream, how it ended. */
  readonly got: readonly string[];
  readonly ran: boolean | undefined;
}

const HANG = Symbol("hang");

class Failed extends Error {
  readonly code: Code;
  constructor(code: Code) {
    super(code);
    this.code = code;
  }
}

/** What the pipeline should do. */
export function reference(scenario: Scenario): Result {
  const trace: string[] = [];
  const got: string[] = [];
  let touched = false;

  const perform = (step: string, behaviour: Behaviour | undefined) => {
    if (behaviour === undefined) {
      return;
    }
    trace.push(step);
    if (behaviour === "hang" || behaviour === "late") {
      throw HANG;
    }
    if (behaviour === "throw" || behaviour === "reject") {
      throw new Failed("aborted");
    }
  };
  const all = (point: keyof HookSet, note: string) => {
    scenario.hooks.forEach((set, index) => {
      perform(`${point}${index}${note}`, set[point]);
    });
  };

  let loaded: (() => void) | undefined;
  const request = () => {
    if (loaded === undefined) {
      touched = true;
      loaded = () => {};
      try {
        perform("decode", scenario.decode);
        if (!scenario.valid) {
          throw new Failed("invalid_argument");
        }
      } catch (error) {
        loaded = () => {
          throw error;
        };
      }
    }
    loaded();
  };

  // The messages as generators, so that they are pulled one by one.
  function* handler(): Generator<string> {
    if (!scenario.streaming) {
      request();
      perform("handler", scenario.handler);
      yield "handled";
      return;
    }
    for (const [index, behaviour] of scenario.messages.entries()) {
      perform(`message${index}`, behaviour);
      yield `m${index}`;
    }
  }
  const core = () => {
    if (scenario.streaming) {
      request();
      perform("handler", scenario.handler);
      return handler();
    }
    return [...handler()].values();
  };
  function* wrapped(inner: Iterator<string>, mark: string): Generator<string> {
    for (let step = inner.next(); step.done !== true; step = inner.next()) {
      yield step.value + mark;
    }
  }
  const onion = (index: number): Iterator<string> => {
    const behaviour = scenario.middleware[index];
    if (behaviour === undefined) {
      return core();
    }
    trace.push(`in${index}`);
    const inner = () => onion(index + 1);
    switch (behaviour) {
      case "tail":
        return inner();
      case "before":
        throw new Failed("permission_denied");
      case "answer":
        return [`answer${index}`].values();
      case "hang-before":
      case "late-before":
        throw HANG;
      case "read":
        request();
        break;
      default:
    }
    let response: Iterator<string>;
    try {
      response = inner();
      trace.push(`out${index}`);
    } catch (error) {
      if (!(error instanceof Failed)) {
        throw error;
      }
      trace.push(`out${index}:${error.code}`);
      if (behaviour !== "rescue") {
        throw error;
      }
      return [`rescued${index}`].values();
    }
    switch (behaviour) {
      case "after":
        throw new Failed("data_loss");
      case "twice":
        trace.push(`twice${index}`);
        return response;
      case "wrap":
        return wrapped(response, `+${index}`);
      case "hang-after":
      case "late-after":
        throw HANG;
      default:
        return response;
    }
  };

  const settle = (work: () => void): Failed | undefined => {
    try {
      work();
      return undefined;
    } catch (error) {
      return error instanceof Failed ? error : new Failed("deadline_exceeded");
    }
  };
  const report = (error: Failed): boolean => {
    let hung = false;
    scenario.hooks.forEach((set, index) => {
      if (!hung && set.error !== undefined) {
        trace.push(`error${index}:${error.code}`);
        hung = set.error === "hang" || set.error === "late";
      }
    });
    return hung;
  };
  const end = (error: Failed | undefined) => {
    scenario.hooks.forEach((set, index) => {
      if (set.end !== undefined) {
        trace.push(`end${index}:${error?.code ?? "ok"}`);
      }
    });
  };

  let messages: Iterator<string> = [].values();
  let first: IteratorResult<string> = { done: true, value: undefined };
  let committing = false;
  const error = settle(() => {
    all("start", "");
    perform("route", scenario.route);
    all("match", "");
    messages = onion(0);
    first = messages.next();
    committing = true;
    all("commit", ":ok");
  });
  if (error !== undefined) {
    const hung = report(error);
    if (!hung && !committing) {
      settle(() => all("commit", `:${error.code}`));
    }
    end(error);
    return { trace, got: [error.code], ran: touched };
  }
  if (!scenario.streaming) {
    got.push(String(first.value));
    end(undefined);
    return { trace, got, ran: undefined };
  }
  let left = scenario.take;
  const broken = settle(() => {
    for (let step = first; step.done !== true; step = messages.next()) {
      got.push(step.value);
      left -= 1;
      if (left === 0) {
        throw new Failed("canceled");
      }
    }
    got.push("done");
  });
  if (broken !== undefined) {
    got.push(left === 0 ? "stopped" : broken.code);
    report(broken);
  }
  end(broken);
  return { trace, got, ran: undefined };
}
