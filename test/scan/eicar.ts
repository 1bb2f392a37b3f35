/**
 * The test string that scanners take for a virus
 * (https://www.eicar.org/download-anti-malware-testfile/), put together here so
 * that nobody's scanner takes this file for one.
 */
export const eicar = [
  "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR",
  "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
].join("");
