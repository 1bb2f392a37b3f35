import type { Door, DoorHost, DoorRoute, OpenDoor } from "./door.ts";
import type { HttpHandler } from "./exchange.ts";

/** The opened doors of a server, found by path. */
export interface DoorTable {
  readonly doors: readonly OpenDoor[];
  /** The door that answers a path. */
  find(path: string): OpenDoor | undefined;
  /** Says, for people, which paths are answered. */
  readonly summary: string;
}

/**
 * Opens doors. Throws if one cannot serve as it is configured or not on this
 * platform, or if two claim the same path.
 *
 * @param around goes around the handler of every door that has one exchange
 */
export function openDoors(
  doors: readonly Door[],
  host: DoorHost,
  platform: "node" | "fetch",
  around?: ((handle: HttpHandler) => HttpHandler) | undefined,
): DoorTable {
  const exact = new Map<string, Claim>();
  const prefixes = new Map<string, Claim>();
  const opened = doors.map((door) => {
    const open = wrap(door.open(host), around);
    if (open.handler.kind === "native" && open.handler[platform] === undefined) {
      throw new Error(`the ${door.name} door cannot be served through ${platformNames[platform]}`);
    }
    for (const route of open.routes) {
      claim(route.match === "exact" ? exact : prefixes, route, { name: door.name, open });
    }
    return open;
  });
  // The longest prefix wins, as it is the more exact one.
  const byLength = [...prefixes].sort(([a], [b]) => b.length - a.length);
  return {
    doors: opened,
    find(path) {
      return (exact.get(path) ?? byLength.find(([prefix]) => path.startsWith(prefix))?.[1])?.open;
    },
    summary: [...new Set(opened.flatMap(({ routes }) => routes.map(({ label }) => label)))].join(
      ", ",
    ),
  };
}

function wrap(
  door: OpenDoor,
  around: ((handle: HttpHandler) => HttpHandler) | undefined,
): OpenDoor {
  const { handler } = door;
  return around === undefined || handler.kind === "native"
    ? door
    : { ...door, handler: { kind: "exchange", handle: around(handler.handle) } };
}

const platformNames = { node: "node:http", fetch: "the Fetch API" };

interface Claim {
  readonly name: string;
  readonly open: OpenDoor;
}

function claim(claims: Map<string, Claim>, { path }: DoorRoute, by: Claim): void {
  const other = claims.get(path);
  if (other !== undefined) {
    const both =
      other.name === by.name ? `two ${by.name} doors` : `the doors ${other.name} and ${by.name}`;
    throw new Error(`${both} claim the path ${JSON.stringify(path)}: give one of them another`);
  }
  claims.set(path, by);
}
