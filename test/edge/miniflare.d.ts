// What the tests use of miniflare. Its own declarations do not compile: they
// import packages that it does not install (tsconfig.json maps it here).

/** A worker that runs in workerd on this machine. */
export declare class Miniflare {
  constructor(options: { modules: boolean; script: string; compatibilityDate: string });
  readonly ready: Promise<URL>;
  dispose(): Promise<void>;
}
