type Http = typeof import("node:http");

let loaded: Http | undefined;

/**
 * Node's HTTP/1.1, which is loaded when somebody first needs it: that takes a
 * twentieth of the time in which a process starts, and plain requests do not
 * need it.
 *
 * To `import` it would read all that it exports, and some of that is made when
 * it is read: clients of other protocols, with HTTP/2, TLS and zlib, which take
 * as long to load as everything else that a server needs.
 */
export function loadHttp(): Http {
  loaded ??= process.getBuiltinModule("node:http");
  return loaded;
}

/** The same if anything in this process has loaded it already. */
export function loadedHttp(): Http | undefined {
  return loaded ?? (isListed() ? loadHttp() : undefined);
}

/** Node lists what it has loaded; where it does not, everything may be. */
function isListed(): boolean {
  const list: unknown = Reflect.get(process, "moduleLoadList");
  return !Array.isArray(list) || list.includes("NativeModule http");
}
