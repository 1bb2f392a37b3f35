import type { Code } from "../action/code.ts";

/** What a failure of the platform means for a call. */
export interface ErrorKind {
  readonly code: Code;
  /** What callers may see of it. */
  readonly message: string;
  /** True if the same call may succeed in a moment. */
  readonly retry: boolean;
  /** True if the token was refused: another one may do. */
  readonly refusedToken: boolean;
}

/**
 * The kind of a failure, by the platform's code if it is a known one, else by
 * the status.
 *
 * That the platform refuses the token is `internal`: it is this server's, so
 * the caller is not to blame and cannot mend it by showing who it is.
 */
export function kindOfFailure(status: number, code: number | string | undefined): ErrorKind {
  return (
    (typeof code === "number" ? kindsByCode.get(code) : undefined) ??
    kindsByStatus.get(status) ??
    (status >= 500 ? overloaded : unknown)
  );
}

const kind = (code: Code, message: string, more: Partial<ErrorKind> = {}): ErrorKind => ({
  code,
  message,
  retry: false,
  refusedToken: false,
  ...more,
});

const invalid = kind("invalid_argument", "the bot platform takes the request for invalid");
const missing = kind("not_found", "the bot platform has no such thing");
const forbidden = kind("permission_denied", "the bot platform does not allow this");
const refusedToken = kind("internal", "the bot platform refuses this server's credentials", {
  refusedToken: true,
});
const limited = kind("resource_exhausted", "too many calls of the bot platform", { retry: true });
const spent = kind("resource_exhausted", "a quota of the bot platform is used up");
const overloaded = kind("unavailable", "the bot platform has a problem, try again later", {
  retry: true,
});
const unprepared = kind("failed_precondition", "the bot platform is not set up for this");
const busy = kind("aborted", "the conversation is busy with another chat");
const unknown = kind("unknown", "the bot platform refused the request");

/**
 * The platform's codes. The SDK takes 4013 for a rate limit: it is an error of
 * the model; the limits are 4008 (of a day) and 4020 (of a minute).
 */
const kindsByCode = new Map<number, ErrorKind>(
  (
    [
      [invalid, 4000, 4003, 4004, 4007, 4010, 4014, 4105, 4300, 4301, 4302, 4303, 4304],
      [missing, 4001, 4002, 4005, 4006, 4200, 4314],
      [spent, 4008, 4011, 4019, 4022, 4028],
      [limited, 4020, 702093018],
      [overloaded, 4009, 4013, 5000],
      [unprepared, 4012, 4015, 4021, 4104, 4315, 6003],
      [busy, 4016],
      [refusedToken, 4100, 700012006],
      [forbidden, 4101, 4102],
      [kind("already_exists", "the bot platform has it already"), 4201],
    ] as const
  ).flatMap(([found, ...codes]) => codes.map((code) => [code, found] as const)),
);

const kindsByStatus = new Map<number, ErrorKind>([
  [400, invalid],
  [401, refusedToken],
  [403, forbidden],
  [404, missing],
  [408, overloaded],
  [409, kind("aborted", "the bot platform is at work on the same thing")],
  [413, kind("invalid_argument", "the request is too large for the bot platform")],
  [429, limited],
  [501, kind("unimplemented", "the bot platform cannot do this")],
]);
