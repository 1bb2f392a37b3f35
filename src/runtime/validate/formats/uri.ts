import { isIp } from "./ip.ts";

/*
 * RFC 3986, with zones in IPv6 addresses as in RFC 6874. A text is cut into
 * its components, each of which is then held against its set of characters.
 */

const escaped = "%[0-9a-fA-F]{2}";
const regular = "-a-zA-Z0-9._~!$&'()*+,;=";

const components = /^(?:([^:/?#]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*$/;
const userinfo = new RegExp(`^(?:[${regular}:]|${escaped})*$`);
const hostAndPort = new RegExp(`^(?:\\[([^\\]]*)\\]|((?:[${regular}]|${escaped})*))(?::[0-9]*)?$`);
const zone = new RegExp(`^(?:[a-zA-Z0-9._~-]|${escaped})+$`);
const ipFuture = new RegExp(`^v[0-9a-fA-F]+\\.[${regular}:]+$`);
const path = new RegExp(`^(?:[${regular}:@/]|${escaped})*$`);
const query = new RegExp(`^(?:[${regular}:@/?]|${escaped})*$`);

/** Whether a text is a URI, for example `https://example.com/a?b#c`. */
export function isUri(text: string): boolean {
  const match = components.exec(text);
  return match !== null && match[1] !== undefined && scheme.test(match[1]) && isRest(match);
}

/** Whether a text is a URI, or a reference that is relative to one. */
export function isUriRef(text: string): boolean {
  const match = components.exec(text);
  return match !== null && (match[1] === undefined || scheme.test(match[1])) && isRest(match);
}

function isRest(match: readonly (string | undefined)[]): boolean {
  const [, , authority, pathText = "", queryText = "", fragment = ""] = match;
  return (
    (authority === undefined || isAuthority(authority)) &&
    path.test(pathText) &&
    query.test(queryText) &&
    query.test(fragment)
  );
}

function isAuthority(text: string): boolean {
  const at = text.indexOf("@");
  const match = hostAndPort.exec(text.slice(at + 1));
  if (match === null || (at >= 0 && !userinfo.test(text.slice(0, at)))) {
    return false;
  }
  const [, literal, name = ""] = match;
  return literal === undefined ? isDecodable(name) : isIpLiteral(literal);
}

function isIpLiteral(text: string): boolean {
  if (ipFuture.test(text)) {
    return true;
  }
  const percent = text.indexOf("%25");
  const address = percent < 0 ? text : text.slice(0, percent);
  const zoneText = text.slice(percent + 3);
  return (
    // protovalidate takes no IPv4 form here.
    !/[%.]/.test(address) &&
    isIp(address, 6) &&
    (percent < 0 || (zone.test(zoneText) && isDecodable(zoneText)))
  );
}

/** Whether what is percent-encoded is UTF-8, as RFC 3986 asks of a host. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
