import type { Logger } from "../action/logger.ts";
import { Refusal } from "../http/refusal.ts";
import { hexText } from "../security/hex.ts";
import { type ReplayOptions, replayGuard } from "../security/replay-guard.ts";
import type { FreshClaim } from "../security/replay-store.ts";
import type { Proof } from "../security/signature-check.ts";
import type { SignatureScheme } from "../security/signature-scheme.ts";

/** How a door refuses calls that it has answered before. */
export interface CallReplayOptions extends ReplayOptions {
  /**
   * Tell calls apart by their signature where they carry neither nonce nor id
   * nor `event_id`. False by default: two equal calls that were signed within
   * the same second have the same signature, so that one would be refused.
   */
  readonly bySignature?: boolean | undefined;
}

/** Refuses replays of signed calls. */
export interface ReplayProtection {
  /**
   * Rejects with a `Refusal` if the call was seen before. Returns undefined if
   * there is nothing to tell calls apart by, so that all pass.
   *
   * @param owner whose call it is, where one must not use up the ids of another
   */
  admit(
    proof: Proof,
    eventId: string | undefined,
    visit: Visit,
    owner?: string,
  ): Promise<void> | undefined;
}

/** Makes a door's protection. */
export function replayProtection(
  scope: string,
  { windowSeconds }: SignatureScheme,
  options: CallReplayOptions,
  log: Logger,
): ReplayProtection {
  const guard = replayGuard(scope, options, log);
  const { bySignature = false, ttlSeconds = replayableSeconds(windowSeconds) } = options;

  function keyOf({ id, nonce, signature }: Proof, eventId = ""): [string, string] | undefined {
    if (id !== "") {
      return ["id", id];
    }
    if (nonce !== "") {
      return ["nonce", nonce];
    }
    if (eventId !== "") {
      return ["event_id", eventId];
    }
    return bySignature ? ["signature", hexText(signature)] : undefined;
  }

  async function claim(
    kind: string,
    key: string,
    visit: Visit,
    owner: string | undefined,
  ): Promise<void> {
    const claim = await guard.claim(kind, key, ttlSeconds * 1000, owner);
    if (!claim.fresh) {
      throw new Refusal(401, `a call with the ${kind} ${JSON.stringify(key)} came before`);
    }
    visit.claimed(claim);
  }

  return {
    admit(proof, eventId, visit, owner) {
      const key = keyOf(proof, eventId);
      return key === undefined ? undefined : claim(...key, visit, owner);
    },
  };
}

/** How long a signature stays good: from the end of the window's future until a second in its past is over. */
function replayableSeconds(windowSeconds: number | undefined): number {
  return windowSeconds === undefined ? 24 * 60 * 60 : 2 * windowSeconds + 1;
}

/** What a call claimed, which it gives back if it did not run: then it may come again. */
export class Visit {
  #claim: FreshClaim | undefined;
  #refused = false;

  claimed(claim: FreshClaim): void {
    this.#claim = claim;
    if (this.#refused) {
      void claim.release();
    }
  }

  /** The call is over. */
  ended(ran: boolean): void {
    if (!ran) {
      this.#refused = true;
      void this.#claim?.release();
    }
  }
}
