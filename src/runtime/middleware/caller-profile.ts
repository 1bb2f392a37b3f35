import { beforeAbort } from "../action/before-abort.ts";
import { preferredLanguage } from "../action/caller-hints.ts";
import type { MiddlewareContext } from "../action/context.ts";
import type { Middleware } from "../action/middleware.ts";
import { callerKey } from "./caller-key.ts";

/** What a profile says of a user. */
export interface CallerProfile {
  /** BCP 47 language tag. */
  readonly locale?: string | undefined;
  readonly deviceClass?: string | undefined;
}

/** How long profiles are waited for, and believed. */
export interface CallerProfileOptions {
  /** How long a profile may take to load, in milliseconds; 1000 by default. */
  readonly timeoutMs?: number | undefined;
  /** How long it is believed, in milliseconds; five minutes by default. */
  readonly ttlMs?: number | undefined;
  /** Of how many users; 10,000 by default, of which the oldest are forgotten first. */
  readonly maxCallers?: number | undefined;
}

/**
 * Completes what a call says of its caller by the user's profile: locale and
 * class of device. What the call itself says wins over the profile, the profile
 * over what headers hint at. A profile that cannot be loaded costs a line in
 * the log, not the call. Calls without a user pass.
 */
export function callerProfile(
  load: (context: MiddlewareContext) => Promise<CallerProfile | undefined>,
  { timeoutMs = 1000, ttlMs = 300_000, maxCallers = 10_000 }: CallerProfileOptions = {},
): Middleware {
  const known = new Map<string, { readonly until: number; readonly profile: Promise<Found> }>();
  type Found = CallerProfile | undefined;

  return async function callerProfile(context, next) {
    if (context.userId === "") {
      return next();
    }
    const profile = await profileOf(context);
    return next(profile === undefined ? context : complete(context, profile));
  };

  // One that hangs must not stand in the way of all calls of its user.
  async function loadInTime(context: MiddlewareContext): Promise<Found> {
    return beforeAbort(load(context), AbortSignal.timeout(timeoutMs));
  }

  /** Of many calls of one user at once, one loads. */
  async function profileOf(context: MiddlewareContext): Promise<Found> {
    const key = callerKey(context);
    const now = performance.now();
    let entry = known.get(key);
    if (entry === undefined || entry.until <= now) {
      entry = { until: now + ttlMs, profile: loadInTime(context) };
      known.delete(key);
      known.set(key, entry);
      const [oldest] = known.keys();
      if (known.size > maxCallers && oldest !== undefined) {
        known.delete(oldest);
      }
    }
    try {
      return await entry.profile;
    } catch (error) {
      if (known.get(key) === entry) {
        known.delete(key);
      }
      context.log.warn("the caller's profile could not be loaded", { error });
      return undefined;
    }
  }
}

function complete(context: MiddlewareContext, profile: CallerProfile): MiddlewareContext {
  const { locale, deviceClass, headers } = context;
  const said = locale !== "" && locale !== preferredLanguage(headers);
  return context.withIdentity({
    locale: said ? locale : profile.locale || locale,
    deviceClass: deviceClass || (profile.deviceClass ?? ""),
  });
}
