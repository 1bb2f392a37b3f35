import { webCrypto } from "../http/web-crypto.ts";
import type { SignatureScheme } from "../security/signature-scheme.ts";
import { createSigner, type Signer } from "../security/signer.ts";
import type { Job } from "./job.ts";

/** Where the results of a job go. */
export interface CallbackTarget {
  readonly url: string | URL;
  /**
   * Signs the callbacks: by Standard Webhooks, where it is base64 with or without
   * `whsec_`. Undefined, as a forgotten environment variable is, is an error.
   */
  readonly secret: string | undefined;
}

/** Finds out where the result of a job goes; undefined if nobody wants it. */
export type FindTarget = (
  job: Job,
) => CallbackTarget | undefined | Promise<CallbackTarget | undefined>;

/** Makes what signs for a target. Throws an error that names the mend if the target cannot work. */
export function targetSigner({ url, secret }: CallbackTarget, signature: SignatureScheme): Signer {
  const { protocol } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") {
    throw new Error(`createJobs: the URL of a callback begins with https:, not ${protocol}`);
  }
  if (secret === undefined || secret === "") {
    throw new Error("createJobs: the secret of a callback is not set: results are always signed");
  }
  return createSigner("createJobs", signature, secret, webCrypto);
}
