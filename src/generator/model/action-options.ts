import type { DescMethod, DescService, Registry } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import type { Idempotency } from "./action-model.ts";
import type { Diagnostics } from "./diagnostics.ts";
import { type OptionValue, readOption } from "./option-value.ts";

/** The longest deadline that an action may ask for: what platforms wait at most. */
const maxDeadlineMs = 180_000;

/** The longest deadline of an action for whose result nobody waits. */
const maxAsynchronousDeadlineMs = 86_400_000;

/** What an rpc says about itself as an action. See `bot.action.v1.ActionOptions`. */
export interface MethodActionOptions {
  /** Whether the rpc has the option at all. */
  readonly present: boolean;
  readonly name: string | undefined;
  readonly deadlineMs: number | undefined;
  readonly idempotency: Idempotency;
  readonly asynchronous: boolean;
  readonly exclude: boolean;
  /** Where the option, or one of its fields, is set: a path for `Diagnostics.report`. */
  path(field?: string): readonly number[];
}

/** What a service says about its actions. See `bot.action.v1.ActionServiceOptions`. */
export interface ServiceActionOptions {
  readonly namePrefix: string;
  readonly deadlineMs: number | undefined;
  readonly exclude: boolean;
}

/** Reads `(bot.action.v1.action)` of an rpc. */
export function methodActionOptions(
  method: DescMethod,
  registry: Registry,
  diagnostics: Diagnostics,
): MethodActionOptions {
  const option = readOption(
    method,
    "bot.action.v1.action",
    ["name", "deadline", "idempotency", "asynchronous", "exclude"],
    registry,
    diagnostics,
  );
  return {
    present: option !== undefined,
    name: text(option, "name"),
    deadlineMs: deadline(
      method,
      option,
      asynchronous(method, option, diagnostics) ? maxAsynchronousDeadlineMs : maxDeadlineMs,
      diagnostics,
    ),
    idempotency: idempotency(method, option, diagnostics),
    asynchronous: flag(option, "asynchronous"),
    exclude: flag(option, "exclude"),
    path: (field) => option?.path(field) ?? [],
  };
}

/** Reads `(bot.action.v1.action_service)` of a service. */
export function serviceActionOptions(
  service: DescService,
  registry: Registry,
  diagnostics: Diagnostics,
): ServiceActionOptions {
  const option = readOption(
    service,
    "bot.action.v1.action_service",
    ["name_prefix", "deadline", "exclude"],
    registry,
    diagnostics,
  );
  return {
    namePrefix: text(option, "name_prefix") ?? "",
    deadlineMs: deadline(service, option, maxDeadlineMs, diagnostics),
    exclude: flag(option, "exclude"),
  };
}

function text(option: OptionValue | undefined, field: string): string | undefined {
  const value = option?.fields.get(field);
  return typeof value === "string" ? value : undefined;
}

function flag(option: OptionValue | undefined, field: string): boolean {
  return option?.fields.get(field) === true;
}

function asynchronous(
  method: DescMethod,
  option: OptionValue | undefined,
  diagnostics: Diagnostics,
): boolean {
  const asked = flag(option, "asynchronous");
  if (asked && method.methodKind !== "unary") {
    diagnostics.report(
      method,
      "a stream cannot be asynchronous, as it has no one result: leave the option out, or answer with one message",
      option?.path("asynchronous") ?? [],
    );
  }
  return asked;
}

/** ProtoJSON of a Duration is seconds with a fraction, for example `1.5s`. */
function deadline(
  desc: DescMethod | DescService,
  option: OptionValue | undefined,
  maxMs: number,
  diagnostics: Diagnostics,
): number | undefined {
  const value = text(option, "deadline");
  if (option === undefined || value === undefined) {
    return undefined;
  }
  const ms = Math.round(Number(value.replace(/s$/, "")) * 1e9) / 1e6;
  if (ms > 0 && ms <= maxMs) {
    return ms;
  }
  diagnostics.report(
    desc,
    `a deadline of ${value} is out of range: set more than 0s and at most ${maxMs / 1000}s`,
    option.path("deadline"),
  );
  return undefined;
}

const optionIdempotency: Readonly<Record<string, Idempotency>> = {
  IDEMPOTENCY_NO_SIDE_EFFECTS: "no_side_effects",
  IDEMPOTENCY_IDEMPOTENT: "idempotent",
  IDEMPOTENCY_NOT_IDEMPOTENT: "not_idempotent",
};

/** The action's option or the standard `idempotency_level`, which must not contradict each other. */
function idempotency(
  method: DescMethod,
  option: OptionValue | undefined,
  diagnostics: Diagnostics,
): Idempotency {
  const level = standardIdempotency(method);
  const value = option?.fields.get("idempotency");
  if (option === undefined || value === undefined) {
    return level;
  }
  const own = typeof value === "string" ? optionIdempotency[value] : undefined;
  if (own === undefined) {
    diagnostics.report(
      method,
      `this version of botwire does not know idempotency ${value}: set one of ${Object.keys(optionIdempotency).join(", ")}`,
      option.path("idempotency"),
    );
    return level;
  }
  if (level !== "unspecified" && level !== own) {
    diagnostics.report(
      method,
      `idempotency ${value} contradicts idempotency_level ${level.toUpperCase()}: leave one of them out`,
      option.path("idempotency"),
    );
  }
  return own;
}

function standardIdempotency(method: DescMethod): Idempotency {
  switch (method.idempotency) {
    case MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS:
      return "no_side_effects";
    case MethodOptions_IdempotencyLevel.IDEMPOTENT:
      return "idempotent";
    default:
      return "unspecified";
  }
}
