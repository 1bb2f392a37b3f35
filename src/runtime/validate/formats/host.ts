import { isIp } from "./ip.ts";

const hostname =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)*(?![0-9]+\.?$)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.?$/;

/**
 * Whether a text is a hostname: labels of letters, digits and inner hyphens,
 * the last of them not all digits, at most 253 characters.
 */
export function isHostname(text: string): boolean {
  return text.length <= 253 && hostname.test(text);
}

/** Whether a text is a hostname or an IP address. */
export function isAddress(text: string): boolean {
  return isHostname(text) || isIp(text);
}

/**
 * Whether a text is a host with a port: a hostname, an IPv4 address, or an
 * IPv6 address in square brackets, then a colon and a decimal number up to
 * 65535. Without `portRequired`, the port may be left out with its colon.
 */
export function isHostAndPort(text: string, portRequired: boolean): boolean {
  const colon = text.lastIndexOf(":");
  if (text.startsWith("[")) {
    const end = text.lastIndexOf("]");
    const hasPort = end + 1 === colon;
    return (
      isIp(text.slice(1, end), 6) &&
      (hasPort ? isPort(text.slice(colon + 1)) : end + 1 === text.length && !portRequired)
    );
  }
  return colon < 0
    ? !portRequired && isHost(text)
    : isHost(text.slice(0, colon)) && isPort(text.slice(colon + 1));
}

function isHost(text: string): boolean {
  return isHostname(text) || isIp(text, 4);
}

function isPort(text: string): boolean {
  return /^(?:0|[1-9][0-9]{0,4})$/.test(text) && Number(text) <= 65535;
}
