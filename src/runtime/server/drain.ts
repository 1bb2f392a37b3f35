import type { Listener } from "./listener.ts";

/**
 * Stops listening and lets what is in flight finish. What is left after
 * `graceMs` is cut off.
 *
 * Resolves to true if nothing had to be cut off.
 */
export async function drain(listener: Listener, graceMs: number): Promise<boolean> {
  let clean = true;
  const deadline = setTimeout(() => {
    clean = false;
    listener.destroyConnections();
  }, graceMs);
  await listener.close();
  clearTimeout(deadline);
  return clean;
}
