import type { Socket } from "node:net";
import type { Connections } from "./connections.ts";
import { FastLane, type FastLaneOptions, isHttpWatched } from "./fast-lane.ts";
import { IdleLanes } from "./idle-lanes.ts";
import type { ServerLimits } from "./limits.ts";
import type { ServeHttp1 } from "./one-port.ts";

/** Lets connections into the fast lane, unless somebody watches what Node's HTTP does. */
export function laneEntry(
  limits: ServerLimits,
  options: FastLaneOptions | undefined,
  connections: () => Connections,
): (socket: Socket, start: Buffer, serveHttp1: ServeHttp1) => void {
  if (options === undefined) {
    return (socket, start, serveHttp1) => serveHttp1(socket, start);
  }
  const lanes = new IdleLanes(limits.keepAliveTimeoutMs);
  return (socket, start, serveHttp1) => {
    if (isHttpWatched() || connections().closing) {
      serveHttp1(socket, start);
      return;
    }
    const handOver = (bytes: Buffer) => {
      connections().inLane(socket, undefined);
      serveHttp1(socket, bytes);
    };
    const lane = new FastLane({ ...options, limits, lanes, handOver }, socket);
    connections().inLane(socket, lane);
    lane.take(start);
  };
}
