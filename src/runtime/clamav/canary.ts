/**
 * What every scanner takes for a virus, though it does nothing
 * (https://www.eicar.org/download-anti-malware-testfile/). It is put together
 * here, so that nobody's scanner takes this file for one.
 */
export const canary: Uint8Array = new TextEncoder().encode(
  ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join(""),
);
