/** Knows whether an engine is fit to scan, and checks it when it has to. */
export class WatchedEngine {
  readonly #check: () => Promise<string>;
  readonly #validMs: number;
  #known: { readonly version: string; readonly until: number } | undefined;
  #checking: Promise<string> | undefined;

  /** A check that succeeds, with the engine's version, holds for so long. */
  constructor(check: () => Promise<string>, validMs: number) {
    this.#check = check;
    this.#validMs = validMs;
  }

  /** The engine's version. Rejects if the engine is not fit. */
  async version(): Promise<string> {
    const known = this.#known;
    return known !== undefined && performance.now() < known.until ? known.version : this.verify();
  }

  /** Checks now; all who ask meanwhile get the same answer. */
  verify(): Promise<string> {
    this.#checking ??= this.#run();
    return this.#checking;
  }

  /** Something went wrong: whoever comes next has it checked. */
  doubt(): void {
    this.#known = undefined;
  }

  async #run(): Promise<string> {
    this.#known = undefined;
    try {
      const version = await this.#check();
      this.#known = { version, until: performance.now() + this.#validMs };
      return version;
    } finally {
      this.#checking = undefined;
    }
  }
}
