import { createHash, randomUUID } from "node:crypto";

/** What came back from one attempt to deliver an event. */
export interface Delivery {
  /** 0 if nothing came within the platform's patience. */
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
  /** How long the answer took, in milliseconds. */
  readonly ms: number;
}

/** An event that can be sent again, byte for byte the same. */
export interface PreparedEvent {
  readonly id: string;
  readonly body: string;
  readonly type: string;
  readonly timestamp: string;
}

/**
 * Plays the platform that pushes events, as its documentation has it: SHA-1
 * signatures over the time of the event, 3 s of patience (10 s for
 * bot.published), and the same event again when it was not answered with 200.
 * It shares no code with what it tests.
 */
export class EventPlatform {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /**
   * Prepares an event.
   *
   * @param payload JSON text, so that ids can be bare numbers of 19 digits
   */
  prepare(type: string, payload: string, header: Record<string, unknown> = {}): PreparedEvent {
    const createdAt = Date.now();
    const id = typeof header["event_id"] === "string" ? header["event_id"] : randomUUID();
    const fields = { event_type: type, event_id: id, created_at: createdAt, ...header };
    const body = `{"header":${JSON.stringify(fields)},"event":${payload}}`;
    return { id, body, type, timestamp: String(createdAt) };
  }

  /** The headers that sign an event, with a nonce of their own. */
  sign({ body, timestamp }: PreparedEvent, token = this.#token): Record<string, string> {
    const nonce = randomUUID().slice(0, 8);
    const signature = createHash("sha1")
      .update(timestamp + nonce + token + body)
      .digest("hex");
    return {
      "X-Coze-Timestamp": timestamp,
      "X-Coze-Nonce": nonce,
      "X-Coze-Signature": signature,
    };
  }

  /** Delivers an event once. */
  async send(event: PreparedEvent, headers = this.sign(event)): Promise<Delivery> {
    const start = performance.now();
    const patience = event.type === "bot.published" ? 10_000 : 3000;
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: event.body,
        signal: AbortSignal.timeout(patience),
      });
      const json: unknown = await response.json();
      const ms = performance.now() - start;
      return { status: response.status, headers: response.headers, json, ms };
    } catch (error) {
      if (error instanceof DOMException && error.name === "TimeoutError") {
        return { status: 0, headers: new Headers(), json: undefined, ms: patience };
      }
      throw error;
    }
  }

  /** Prepares an event and delivers it, again and again until it is acknowledged. */
  async push(type: string, payload: string, attempts = 3): Promise<readonly Delivery[]> {
    const event = this.prepare(type, payload);
    const deliveries: Delivery[] = [];
    while (deliveries.at(-1)?.status !== 200 && deliveries.length < attempts) {
      deliveries.push(await this.send(event));
    }
    return deliveries;
  }
}
