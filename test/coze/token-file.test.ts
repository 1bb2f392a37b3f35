import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileTokenStore } from "botwire/coze";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

describe("the file of tokens", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "botwire-tokens-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const tokens = (n: number) => ({ accessToken: `a${n}`, refreshToken: `r${n}`, expiresAt: n });

  it("is only this user's, and has the last that was saved, whole", async () => {
    const file = join(folder, "deep", "tokens.json");
    const store = fileTokenStore(file);
    expect(await store.load()).toBeUndefined();
    await Promise.all([1, 2, 3, 4, 5].map((n) => store.save(tokens(n))));
    expect(await fileTokenStore(file).load()).toEqual(tokens(5));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "deep"))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(folder, "deep"))).toEqual(["tokens.json"]);
  });

  it("is closed to others even if it was open, and never half written", async () => {
    const file = join(folder, "tokens.json");
    await writeFile(file, JSON.stringify(tokens(0)), { mode: 0o644 });
    const store = fileTokenStore(file);
    const written = store.save({ ...tokens(1), accessToken: "x".repeat(1_000_000) });
    let reads = 0;
    for (let done = false; !done; reads++) {
      done = await Promise.race([
        written.then(() => true),
        readFile(file, "utf8").then(() => false),
      ]);
      const text = await readFile(file, "utf8");
      expect(() => JSON.parse(text)).not.toThrow();
    }
    expect(reads).toBeGreaterThan(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("is not started anew if it cannot be read, and its content is not told", async () => {
    const file = join(folder, "tokens.json");
    await writeFile(file, '{"accessToken": "czu_secret"');
    const reason = await fileTokenStore(file)
      .load()
      .catch((error: unknown) => String(error));
    expect(reason).toBe(`Error: ${file} holds no tokens: remove it, and authorize again`);
  });

  it("that cannot be written is an error, and leaves nothing behind", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(fileTokenStore(join(folder, "file", "tokens")).save(tokens(1))).rejects.toThrow();
    await expect(fileTokenStore(folder).save(tokens(1))).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["file"]);
  });
});
