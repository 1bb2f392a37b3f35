import { EventReplySchema } from "../../../../generated/actions/bot/coze/v1/events.ts";
import type { EventReply } from "../../../../generated/types/bot/coze/v1/events.ts";
import { ActionError } from "../../action/error.ts";
import { looked } from "../../action/promise.ts";
import { fromJsonString } from "../../codec/from-json.ts";
import type { ReplayGuard } from "../../security/replay-guard.ts";
import type { FreshClaim } from "../../security/replay-store.ts";
import { replyText } from "./event-answer.ts";

/** Which events were handled, which are being, and what was answered to them. */
export class EventLedger {
  readonly #guard: ReplayGuard | undefined;
  readonly #leaseMs: number;
  readonly #keepMs: number;
  readonly #open = new Map<string, Promise<EventReply>>();

  /**
   * @param guard tells events that were seen before; none if all are to be handled
   * @param leaseMs how long handling an event may take: if the machine that does
   *   it is lost, another may try after that
   * @param keepMs how long what was handled is remembered
   */
  constructor(guard: ReplayGuard | undefined, leaseMs: number, keepMs: number) {
    this.#guard = guard;
    this.#leaseMs = leaseMs;
    this.#keepMs = keepMs;
  }

  /**
   * Handles an event, unless this was done before, or is being done: then it
   * resolves to, or fails with, the same. What failed may be tried again.
   *
   * @param owner whose event it is, where one must not use up the ids of another
   */
  handle(eventId: string, work: () => Promise<EventReply>, owner = ""): Promise<EventReply> {
    if (this.#guard === undefined || eventId === "") {
      return work();
    }
    const key = owner + eventId;
    const open = this.#open.get(key);
    if (open !== undefined) {
      return open;
    }
    const reply = this.#claimAndWork(this.#guard, eventId, owner, work);
    // Before anything is waited for, so that of two that come at once one waits.
    this.#open.set(key, looked(reply));
    const close = () => this.#open.delete(key);
    reply.then(close, close);
    return reply;
  }

  async #claimAndWork(
    guard: ReplayGuard,
    eventId: string,
    owner: string,
    work: () => Promise<EventReply>,
  ): Promise<EventReply> {
    const claim = await guard.claim("event_id", eventId, this.#leaseMs, owner);
    if (claim.fresh) {
      return this.#work(claim, work);
    }
    if (claim.value === undefined) {
      // Not acknowledged: if that machine fails, the platform has to send it again.
      throw new ActionError("unavailable", "the event is being handled elsewhere");
    }
    return fromJsonString(EventReplySchema, claim.value);
  }

  async #work(claim: FreshClaim, work: () => Promise<EventReply>): Promise<EventReply> {
    try {
      const reply = await work();
      await claim.settle(replyText(reply), this.#keepMs);
      return reply;
    } catch (error) {
      await claim.release();
      throw error;
    }
  }
}
