/** Plays a scenario of `reference.ts` with the pipeline. Needs fake timers. */
import {
  ActionError,
  type ActionResponse,
  createPipeline,
  type Hooks,
  type Init,
  type Middleware,
  type Outcome,
} from "botwire";
import { vi } from "vitest";
import {
  callOf,
  forever,
  type Note,
  NoteSchema,
  notes,
  recordingLogger,
  sleep,
} from "./fixtures.ts";
import type { Behaviour, HookSet, MiddlewareBehaviour, Result, Scenario } from "./reference.ts";

/**
 * Longer than the budget of a call (1000) and than a stream's pause (1000), but
 * not longer than the grace after it (100), so that late steps meet hooks that
 * are still at work.
 */
const tooLong = 1050;

export async function play(scenario: Scenario): Promise<Result> {
  const trace: string[] = [];
  const got: string[] = [];

  /** At once, later, never, or with an error. */
  function act<T>(step: string, behaviour: Behaviour, value: T): T | Promise<T> {
    trace.push(step);
    const error = new ActionError("aborted", step);
    switch (behaviour) {
      case "sync":
        return value;
      case "async":
        return sleep(1).then(() => value);
      case "throw":
        throw error;
      case "reject":
        return sleep(1).then(() => Promise.reject(error));
      case "hang":
        return forever;
      case "late":
        return sleep(tooLong).then(() => value);
    }
  }

  async function* messages(): AsyncGenerator<Init<Note>> {
    for (const [index, behaviour] of scenario.messages.entries()) {
      await act(`message${index}`, behaviour, undefined);
      yield { text: `m${index}` };
    }
  }

  const text = scenario.valid ? "request" : "bad";
  const pipeline = createPipeline({
    actions: [
      notes({
        echo: () => act<Init<Note>>("handler", scenario.handler, { text: "handled" }),
        repeat: () => act("handler", scenario.handler, messages()),
      }),
    ],
    hooks: scenario.hooks.map((set, index) => hooksOf(set, index, act)),
    middleware: scenario.middleware.map((behaviour, index) =>
      middlewareOf(behaviour, index, trace, scenario.streaming),
    ),
    log: recordingLogger().log,
    defaults: { streamIdleMs: 1000 },
  });
  const finish = async (): Promise<boolean | undefined> => {
    const outcome = await pipeline.invoke(
      callOf({
        route: () =>
          act("route", scenario.route, {
            action: scenario.streaming ? "repeat" : "echo",
            decode: () => act("decode", scenario.decode, NoteSchema.init({ text })),
          }),
      }),
    );
    await receive(outcome, scenario.take, got);
    await pipeline.drain();
    return outcome.ok ? undefined : outcome.ran;
  };
  const finished = finish();
  await vi.advanceTimersByTimeAsync(20_000);
  return { trace, got, ran: await finished };
}

function hooksOf(
  set: HookSet,
  index: number,
  act: (step: string, behaviour: Behaviour, value: undefined) => undefined | Promise<undefined>,
): Hooks {
  const { start, match, commit, error, end } = set;
  return {
    ...(start && { onRequestStart: () => act(`start${index}`, start, undefined) }),
    ...(match && { onRouteMatch: () => act(`match${index}`, match, undefined) }),
    ...(commit && {
      onResponseCommit: (_context, outcome) =>
        act(`commit${index}:${outcome.ok ? "ok" : outcome.error.code}`, commit, undefined),
    }),
    ...(error && {
      onError: (_context, { code }) => act(`error${index}:${code}`, error, undefined),
    }),
    ...(end && {
      onRequestEnd: (_context, how) =>
        act(`end${index}:${how.error?.code ?? "ok"}`, end, undefined),
    }),
  };
}

function middlewareOf(
  behaviour: MiddlewareBehaviour,
  index: number,
  trace: string[],
  streaming: boolean,
): Middleware {
  const answer = (text: string) => {
    const message: Init<Note> = { text };
    return streaming
      ? ({ kind: "stream", messages: streamText([text]) } as const)
      : ({ kind: "unary", message } as const);
  };
  return async (context, next) => {
    trace.push(`in${index}`);
    // What a middleware still does after the call has failed is its own affair.
    const unwind = (step: string) => !context.signal.aborted && trace.push(step);
    switch (behaviour) {
      case "tail":
        return next();
      case "before":
        throw new ActionError("permission_denied", "before");
      case "answer":
        return answer(`answer${index}`);
      case "hang-before":
        return forever;
      case "late-before":
        await sleep(tooLong);
        break;
      case "read":
        await context.request();
        break;
      default:
    }
    const response = await next().catch((error: unknown) => {
      if (!(error instanceof ActionError)) {
        throw new Error("a middleware saw what is no ActionError", { cause: error });
      }
      unwind(`out${index}:${error.code}`);
      if (behaviour === "rescue") {
        return undefined;
      }
      throw error;
    });
    if (response === undefined) {
      return answer(`rescued${index}`);
    }
    unwind(`out${index}`);
    switch (behaviour) {
      case "after":
        throw new ActionError("data_loss", "after");
      case "twice":
        await next().then(
          () => trace.push("next() ran twice"),
          () => unwind(`twice${index}`),
        );
        return response;
      case "wrap":
        assertNoReceipt(response);
        return response.kind === "stream"
          ? { kind: "stream", messages: markStream(response.messages, `+${index}`) }
          : { kind: "unary", message: { text: `${textOf(response.message)}+${index}` } };
      case "hang-after":
        return forever;
      case "late-after":
        await sleep(tooLong);
        return response;
      default:
        return response;
    }
  };
}

function assertNoReceipt(
  response: ActionResponse,
): asserts response is Exclude<ActionResponse, { kind: "receipt" }> {
  if (response.kind === "receipt") {
    throw new Error("no action here is asynchronous");
  }
}

async function* streamText(texts: readonly string[]): AsyncGenerator<Init<Note>> {
  for (const text of texts) {
    yield { text };
  }
}

async function* markStream(
  messages: AsyncIterable<unknown>,
  mark: string,
): AsyncGenerator<Init<Note>> {
  for await (const message of messages) {
    yield { text: textOf(message) + mark };
  }
}

/** The text of a message that is complete, or at least has a text. */
function textOf(message: unknown): string {
  return typeof message === "object" && message !== null && "text" in message
    ? String(message.text)
    : "no text";
}

async function receive(outcome: Outcome, take: number, got: string[]): Promise<void> {
  if (!outcome.ok) {
    got.push(outcome.error.code);
    return;
  }
  assertNoReceipt(outcome.response);
  if (outcome.response.kind === "unary") {
    got.push(textOf(outcome.response.message));
    return;
  }
  try {
    let left = take;
    for await (const message of outcome.response.messages) {
      got.push(textOf(message));
      left -= 1;
      if (left === 0) {
        got.push("stopped");
        return;
      }
    }
    got.push("done");
  } catch (error) {
    got.push(error instanceof ActionError ? error.code : String(error));
  }
}
