import { setTimeout as sleep } from "node:timers/promises";
import type { TlsOptions } from "node:tls";
import { createJsonLogger } from "../action/json-logger.ts";
import { createPipeline, type Pipeline, type PipelineOptions } from "../action/pipeline.ts";
import { type CompressionOptions, compression } from "../http/compression.ts";
import { type CorsOptions, createCors } from "../http/cors.ts";
import type { Door } from "../http/door.ts";
import { openDoors } from "../http/door-table.ts";
import { createDispatch, findExchange } from "./dispatch.ts";
import { drain } from "./drain.ts";
import { healthDoor, isReady, type ReadinessChecks, type ServerState } from "./health.ts";
import { completeLimits, type ServerLimits } from "./limits.ts";
import { type ListenOptions, listen, type ServerAddress } from "./listen.ts";
import { listenWithWorkers, type SharedListening } from "./listen-with-workers.ts";
import { createListener } from "./listener.ts";
import { watchLoop } from "./loop-delay.ts";
import { nodeCompressor } from "./node-compressor.ts";
import { nodeCrypto, useNodeRandomness } from "./node-crypto.ts";
import { ownProcess } from "./own-process.ts";

/** What a server is made of. */
export interface BotServerOptions extends PipelineOptions {
  /** The ways in. What is not listed here is not loaded either. */
  readonly doors: readonly Door[];
  /** The service's name in log lines. */
  readonly name?: string | undefined;
  readonly limits?: Partial<ServerLimits> | undefined;
  /** Certificate and key, as `node:tls` takes them. Without it the server speaks plain HTTP. */
  readonly tls?: TlsOptions | undefined;
  /** Which pages of other origins may call. None by default. */
  readonly cors?: CorsOptions | undefined;
  /**
   * Whether answers are compressed for clients that accept it. Not by default:
   * mostly a proxy does that. RPC doors compress by themselves, streams stay as
   * they are.
   */
  readonly compression?: boolean | CompressionOptions | undefined;
  /** What has to be well for `/readyz` to say so, by name. */
  readonly readiness?: ReadinessChecks | undefined;
  /**
   * Whether small requests of HTTP/1.1 without TLS are read by botwire itself
   * where they leave no doubt, which takes half the time; all others are read
   * by Node's HTTP parser. True by default. It turns itself off where something
   * watches Node's HTTP servers, as tracing libraries do.
   */
  readonly fastLane?: boolean | undefined;
  /** How long answers in flight may take when the server closes, in milliseconds. 10,000 by default. */
  readonly shutdownMs?: number | undefined;
  /**
   * How long the server goes on taking calls after `/readyz` turned off, in
   * milliseconds, for load balancers that need time to notice. 0 by default.
   */
  readonly shutdownDelayMs?: number | undefined;
  /**
   * Whether the server takes care of its process: closes on SIGTERM and SIGINT,
   * and logs rejections that nobody handles instead of dying of them. True by
   * default; false leaves both to the program.
   */
  readonly ownsProcess?: boolean | undefined;
  /**
   * How many processes share the port, each of which runs the whole program: one
   * for each core is enough. 1 by default, which is this process alone. With
   * more, this one answers nothing itself, and starts a new one for each that
   * ends.
   */
  readonly workers?: number | undefined;
  /**
   * How long something may block a worker, in milliseconds: then it is ended
   * with all that it is at, and another takes its place. 30,000 by default.
   */
  readonly workerTimeoutMs?: number | undefined;
}

/** A server of actions. */
export interface BotServer {
  readonly pipeline: Pipeline;
  /** Where the server is reached; undefined while it does not listen. */
  readonly address: ServerAddress | undefined;

  /** Opens the port. A server listens once: after `close()` make another. */
  listen(options?: ListenOptions): Promise<ServerAddress>;

  /**
   * Turns `/readyz` off, finishes what is in flight, and resolves when every
   * connection is closed: after `shutdownDelayMs` and `shutdownMs` at the latest.
   */
  close(): Promise<void>;
}

/**
 * Makes a server that serves actions through doors, beside `/livez` and
 * `/readyz`.
 *
 * Throws an error that names the mend if the actions, a door or an option
 * cannot be served.
 */
export function createBotServer(options: BotServerOptions): BotServer {
  const { name, tls, shutdownMs = 10_000, shutdownDelayMs = 0 } = options;
  const { workers = 1, workerTimeoutMs = 30_000 } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new Error(`workers must be an integer of 1 or more, not ${workers}`);
  }
  if (!Number.isInteger(workerTimeoutMs) || workerTimeoutMs < 1) {
    throw new Error(`workerTimeoutMs must be an integer of 1 or more, not ${workerTimeoutMs}`);
  }
  const log = options.log ?? createJsonLogger({ service: name });
  const loop = watchLoop();
  const overload = { delayMs: loop.delayMs, ...options.overload };
  const pipeline = createPipeline({ ...options, log, overload });
  const state: ServerLife = { phase: "new", draining: false };
  const checks = options.readiness ?? {};
  const ready = () => isReady(checks, state, log);
  const doors = openDoors(
    [...options.doors, healthDoor(checks, state)],
    { pipeline, log, crypto: nodeCrypto, ready, workers },
    "node",
    compression(options.compression, nodeCompressor),
  );
  const cors = options.cors === undefined ? undefined : createCors(options.cors);
  const listener = createListener(
    createDispatch({ doors, cors, log }),
    completeLimits(options.limits),
    tls,
    options.fastLane === false ? undefined : { find: findExchange(doors, cors), log },
  );
  let disownProcess = () => {};
  let closing: Promise<void> | undefined;
  let shared: SharedListening | undefined;
  const listenHere = (where: ListenOptions) => listen(listener, where, tls !== undefined);
  const graceMs = shutdownDelayMs + shutdownMs + (options.jobs?.closeMs ?? 0) + 500;

  const server: BotServer = {
    pipeline,
    get address() {
      return state.address;
    },

    async listen(where = {}) {
      if (state.phase !== "new") {
        throw new Error(`the server is ${state.phase} already: make another with createBotServer`);
      }
      state.phase = "listening";
      try {
        if (workers > 1) {
          const side = { listen: listenHere, close: () => server.close() };
          const endMs = graceMs + 500;
          shared = await listenWithWorkers(workers, where, endMs, workerTimeoutMs, side, log);
        }
        state.address = shared?.address ?? (await listenHere(where));
      } catch (error) {
        state.phase = "new";
        throw error;
      }
      loop.start();
      useNodeRandomness();
      if (options.ownsProcess !== false) {
        const endMs = shared?.role === "primary" ? graceMs + 1000 : graceMs;
        disownProcess = ownProcess(() => server.close(), endMs, log);
      }
      // With workers, one line says it for all.
      log[shared?.role === "worker" ? "debug" : "info"]("listening", {
        url: state.address.url,
        doors: options.doors.map((door) => door.name),
      });
      return state.address;
    },

    close() {
      closing ??= shutDown();
      return closing;
    },
  };

  async function shutDown(): Promise<void> {
    state.draining = true;
    if (state.phase === "listening" && shared?.role === "primary") {
      await shared.leave();
    } else if (state.phase === "listening") {
      await sleep(shutdownDelayMs);
      if (!(await drain(listener, shutdownMs))) {
        log.warn("the shutdown cut off what was in flight", { after_ms: shutdownMs });
      }
    }
    loop.stop();
    state.phase = "closed";
    state.address = undefined;
    await options.jobs?.close();
    await Promise.all(doors.doors.map((door) => door.close?.()));
    if (shared?.role === "worker") {
      await shared.leave();
    }
    disownProcess();
  }

  return server;
}

/** Where a server is in its life. */
interface ServerLife extends ServerState {
  phase: "new" | "listening" | "closed";
  draining: boolean;
  address?: ServerAddress | undefined;
}
