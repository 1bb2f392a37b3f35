import type { Scanner, ScanOptions } from "botwire/scan";
import type { ScanResponse } from "../../generated/types/bot/scan/v1/scanner.ts";
import { eicar } from "./eicar.ts";

/** A scanner that knows one signature, and keeps what it was asked. */
export interface FakeScanner extends Scanner {
  /** The parts of each scan. */
  readonly scans: Uint8Array[][];
}

/** Makes a scanner that finds the EICAR test string, or that answers as it is told. */
export function fakeScanner(
  answer: (parts: Uint8Array[], options: ScanOptions) => ScanResponse | Promise<ScanResponse> = (
    parts,
  ) => ({ verdicts: parts.map(verdictOn) }),
): FakeScanner {
  const scans: Uint8Array[][] = [];
  return {
    scans,
    async scan({ parts }, options = {}) {
      scans.push(parts);
      return answer(parts, options);
    },
  };
}

/** Whether bytes have the EICAR test string in them. */
export function isInfected(part: Uint8Array): boolean {
  return Buffer.from(part.buffer, part.byteOffset, part.length).includes(eicar);
}

function verdictOn(part: Uint8Array) {
  return isInfected(part)
    ? ({ finding: 2, signature: "Test.Signature" } as const)
    : ({ finding: 1, signature: "" } as const);
}
