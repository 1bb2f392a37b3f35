import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { readObject } from "./answer.ts";
import type { OAuthTokens, TokenStore } from "./token-store.ts";

/**
 * Keeps tokens in a file that only this user can read (mode 0600). It is
 * replaced as a whole: after a crash it holds the old tokens or the new ones.
 *
 * A file that cannot be read is an error, since starting anew would give up an
 * authorization.
 */
export function fileTokenStore(path: string): TokenStore {
  const file = resolve(path);
  let last: Promise<void> = Promise.resolve();
  return {
    async load() {
      await last;
      let text: string;
      try {
        text = await readFile(file, "utf8");
      } catch (reason) {
        if (reason instanceof Error && "code" in reason && reason.code === "ENOENT") {
          return undefined;
        }
        throw reason;
      }
      return readTokens(file, text);
    },
    save(tokens) {
      // One after the other, so that the last one saved is the last one written.
      const saved = last.then(() => replaceFile(file, `${JSON.stringify(tokens)}\n`));
      last = saved.catch(() => {});
      return saved;
    },
  };
}

function readTokens(file: string, text: string): OAuthTokens {
  const { accessToken, refreshToken, expiresAt } = readObject(text) ?? {};
  if (
    typeof accessToken !== "string" ||
    typeof refreshToken !== "string" ||
    typeof expiresAt !== "number"
  ) {
    // What the file holds must not be in a message.
    throw new Error(`${file} holds no tokens: remove it, and authorize again`);
  }
  return { accessToken, refreshToken, expiresAt };
}

async function replaceFile(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (reason) {
    await rm(temporary, { force: true });
    throw reason;
  }
  await syncFolder(folder);
}

/** Makes the new name last. Windows cannot open folders, and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") {
    return;
  }
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
