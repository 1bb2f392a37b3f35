import { channel } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import type { Logger } from "../action/logger.ts";
import { isPromiseLike } from "../action/promise.ts";
import { brokenAnswer } from "../http/answers.ts";
import type { HttpHandler, HttpResponse } from "../http/exchange.ts";
import { isWhole } from "../http/whole-body.ts";
import { loadedHttp } from "./http1.ts";
import type { IdleLane, IdleLanes } from "./idle-lanes.ts";
import { answerHead, chunkSink, closes, staysOpen } from "./lane-answer.ts";
import { LaneExchange } from "./lane-exchange.ts";
import type { ServerLimits } from "./limits.ts";
import { behindHead } from "./one-byte-text.ts";
import { readPlainRequest } from "./plain-request.ts";
import { sendPieces } from "./send-pieces.ts";

/** What all fast lanes of a server share. */
export interface FastLaneOptions {
  /** What answers plain requests; undefined if that takes more than an exchange. */
  find(request: LaneExchange): HttpHandler | undefined;
  readonly log: Logger;
}

/** What is around a fast lane. */
export interface LaneHost extends FastLaneOptions {
  readonly limits: ServerLimits;
  /** The lanes of the same server. */
  readonly lanes: IdleLanes;
  /** Takes the connection over, together with bytes that were read from it already. */
  handOver(bytes: Buffer): void;
}

/**
 * Whether something in this process watches Node's HTTP servers, as tracing
 * libraries do: by wrapping `emit`, or by diagnostics channels. It would not
 * see what goes through the fast lane.
 */
export function isHttpWatched(): boolean {
  const http = loadedHttp();
  return (
    requestStart.hasSubscribers ||
    (http !== undefined && Object.hasOwn(http.Server.prototype, "emit"))
  );
}

const requestStart = channel("http.server.request.start");

/**
 * The fast lane of one connection: it answers plain requests, one at a time,
 * without the HTTP stack of Node, which takes more than half of the time of a
 * small request. At the first request that is anything but plain, comes in
 * more than one piece, or is watched, it hands the connection over for good.
 */
export class FastLane implements IdleLane {
  readonly #host: LaneHost;
  readonly #socket: Socket;
  readonly #staysOpen: string;
  /** What the socket does by itself with what it reads. */
  readonly #push: Socket["push"];
  /** The request that is being answered. */
  #exchange: LaneExchange | undefined;
  /** What came while one was being answered. */
  #early: Buffer | undefined;
  #closing = false;
  #lastTick: number;
  /** Whether the client has to read before it gets more answers. */
  #isFull = false;

  constructor(host: LaneHost, socket: Socket) {
    this.#host = host;
    this.#socket = socket;
    this.#staysOpen = staysOpen(host.limits.keepAliveTimeoutMs);
    // A stream would take longer to pass bytes on than it takes to read them as a request.
    this.#push = socket.push;
    socket.push = this.#onRead;
    this.#lastTick = host.lanes.tick;
    host.lanes.add(this);
    socket.on("data", this.#onData);
    socket.on("timeout", this.#onTimeout);
    socket.on("end", this.#onEnd);
    socket.on("close", this.#onClose);
    socket.on("error", onError);
  }

  /** Takes what the client sent. */
  take(bytes: Buffer): void {
    if (this.#exchange !== undefined) {
      this.#early = this.#early === undefined ? bytes : Buffer.concat([this.#early, bytes]);
      this.#socket.pause();
      return;
    }
    const request = readPlainRequest(bytes, this.#host.limits.maxHeaderBytes);
    const exchange = request && new LaneExchange(request);
    const handle = exchange && this.#host.find(exchange);
    if (exchange === undefined || handle === undefined || isHttpWatched()) {
      this.#handOver(bytes);
    } else {
      this.#serve(handle, exchange);
    }
  }

  get idleSince(): number | undefined {
    return this.#exchange === undefined && !this.#isFull ? this.#lastTick : undefined;
  }

  expire(): void {
    this.#socket.destroy();
  }

  /** Closes the connection: now if nothing is being answered, else with the answer. */
  close(): void {
    this.#closing = true;
    if (this.#exchange === undefined) {
      this.#socket.destroySoon();
    }
  }

  #serve(handle: HttpHandler, exchange: LaneExchange): void {
    this.#exchange = exchange;
    let answer: ReturnType<HttpHandler>;
    try {
      answer = handle(exchange);
    } catch (reason) {
      this.#fail(reason, exchange);
      return;
    }
    if (isPromiseLike(answer)) {
      answer.then(
        (there) => this.#answer(there, exchange),
        (reason) => this.#fail(reason, exchange),
      );
    } else {
      this.#answer(answer, exchange);
    }
  }

  #answer(answer: HttpResponse, exchange: LaneExchange): void {
    const { body } = answer;
    if (exchange.gone && isWhole(body)) {
      return;
    }
    const closing = this.#closing;
    let start: string;
    try {
      start = this.#print(answer, closing);
    } catch (reason) {
      this.#fail(reason, exchange);
      return;
    }
    this.#send(start);
    if (isWhole(body)) {
      this.#next(closing);
      return;
    }
    sendPieces(body, chunkSink(this.#socket), exchange).then(
      () => this.#next(closing),
      (reason) => {
        this.#host.log.error("a stream broke while it was sent", { error: reason });
        this.#socket.destroy();
      },
    );
  }

  /** Answers a request whose door broke, which needs no more than can be printed. */
  #fail(reason: unknown, exchange: LaneExchange): void {
    const closing = this.#closing;
    this.#send(this.#print(brokenAnswer(reason, exchange, this.#host.log), closing));
    this.#next(closing);
  }

  /** An answer as text of one byte a character; of one that comes in pieces the head. */
  #print({ status, headers, body }: HttpResponse, closing: boolean): string {
    const head = answerHead(status, headers, closing ? closes : this.#staysOpen);
    if (!isWhole(body)) {
      return `${head}transfer-encoding: chunked\r\n\r\n`;
    }
    return behindHead(head, body);
  }

  /** Sends text of one byte a character. */
  #send(text: string): void {
    const socket = this.#socket;
    if (socket.writable && !socket.write(text, "latin1") && !this.#isFull) {
      // Who does not read its answers gets no more of them.
      this.#isFull = true;
      this.#readAsStream();
      socket.pause();
      socket.setTimeout(this.#host.limits.keepAliveTimeoutMs);
      socket.once("drain", this.#onDrain);
    }
  }

  /** Lets the stream have what the socket reads, because it can be stopped. */
  #readAsStream(): void {
    this.#socket.push = this.#push;
  }

  /** Goes on after an answer, which may have said that the connection closes. */
  #next(closed: boolean): void {
    const early = this.#early;
    this.#exchange = undefined;
    this.#lastTick = this.#host.lanes.tick;
    if (closed || this.#closing) {
      this.#socket.destroySoon();
    } else if (early !== undefined && !this.#socket.destroyed) {
      this.#early = undefined;
      this.#handOver(early);
    }
  }

  #handOver(bytes: Buffer): void {
    const socket = this.#socket;
    this.#host.lanes.delete(this);
    this.#readAsStream();
    socket.off("data", this.#onData);
    socket.off("timeout", this.#onTimeout);
    socket.off("end", this.#onEnd);
    socket.off("close", this.#onClose);
    socket.off("error", onError);
    socket.off("drain", this.#onDrain);
    socket.setTimeout(0);
    this.#host.handOver(bytes);
  }

  readonly #onDrain = (): void => {
    this.#isFull = false;
    this.#lastTick = this.#host.lanes.tick;
    this.#socket.setTimeout(0);
    if (this.#early === undefined) {
      this.#socket.resume();
    }
  };

  readonly #onRead = (bytes: Buffer | null): boolean => {
    if (bytes === null || this.#exchange !== undefined) {
      this.#readAsStream();
      return this.#socket.push(bytes);
    }
    this.take(bytes);
    return true;
  };

  readonly #onData = (bytes: Buffer): void => this.take(bytes);

  readonly #onTimeout = (): void => {
    if (this.#exchange === undefined) {
      this.#socket.destroy();
    }
  };

  /** As in Node's own server, a client that ends its side is gone. */
  readonly #onEnd = (): void => {
    this.#leave();
    this.#socket.end();
  };

  readonly #onClose = (): void => {
    this.#host.lanes.delete(this);
    this.#leave();
  };

  #leave(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.abort();
  }
}

/** A connection that breaks closes, too. */
function onError(): void {}
