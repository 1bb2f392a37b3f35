import type { Verdict } from "../../../generated/types/bot/scan/v1/scanner.ts";
import { findings } from "../scan/scanner.ts";
import { canary } from "./canary.ts";
import { type ClamdAddress, CutOff, clamdCommand } from "./clamd-command.ts";

/**
 * Asks clamd about content. Rejects if there is no verdict.
 *
 * See `man clamd`, INSTREAM.
 */
export async function scanWithClamd(
  address: ClamdAddress,
  content: Uint8Array,
  signal: AbortSignal,
): Promise<Verdict> {
  const reply = await streamContent(address, content, signal);
  if (reply === "stream: OK") {
    return { finding: findings.clean, signature: "" };
  }
  const [, signature] = /^stream: (.+) FOUND$/s.exec(reply) ?? [];
  if (signature !== undefined) {
    return { finding: findings.infected, signature };
  }
  if (reply === tooLarge) {
    return { finding: findings.tooLarge, signature: "" };
  }
  throw new Error(`clamd answered ${JSON.stringify(reply.slice(0, 200))}`);
}

/** What clamd says if there is more content than its `StreamMaxLength`. */
const tooLarge = "INSTREAM size limit exceeded. ERROR";

async function streamContent(
  address: ClamdAddress,
  content: Uint8Array,
  signal: AbortSignal,
): Promise<string> {
  try {
    return await clamdCommand(address, "INSTREAM", content, signal);
  } catch (error) {
    if (!(error instanceof CutOff)) {
      throw error;
    }
    // A clamd that goes on has had enough; this rejects if it is gone.
    await clamdCommand(address, "VERSION", undefined, signal);
    return tooLarge;
  }
}

/**
 * Makes sure that clamd is there and has signatures: one without any finds
 * nothing, and answers that everything is clean. Resolves to the versions of
 * engine and signatures.
 */
export async function checkClamd(address: ClamdAddress, signal: AbortSignal): Promise<string> {
  const version = await clamdCommand(address, "VERSION", undefined, signal);
  if (!version.startsWith("ClamAV ")) {
    throw new Error(`what listens there is not clamd: it says ${version.slice(0, 100)}`);
  }
  const { finding } = await scanWithClamd(address, canary, signal);
  if (finding !== findings.infected) {
    throw new Error(
      "clamd does not find the EICAR test string, so its signatures are missing or incomplete: run freshclam, or look at DatabaseDirectory",
    );
  }
  return version;
}
