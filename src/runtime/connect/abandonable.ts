import type { CallOptions } from "../client/transport.ts";

/**
 * Options of a call that ends when it is abandoned: Connect itself does not end
 * a call whose messages nobody reads any more.
 */
export function abandonable(options: CallOptions): { options: CallOptions; abandon(): void } {
  const abandoned = new AbortController();
  const signals = options.signal === undefined ? [] : [options.signal];
  const signal = AbortSignal.any([abandoned.signal, ...signals]);
  return { options: { ...options, signal }, abandon: () => abandoned.abort() };
}
