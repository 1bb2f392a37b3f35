import { isIp } from "./ip.ts";

/*
 * RFC 3986, with zones in IPv6 addresses as in RFC 6874. A text is cut into
 * its components, each of which is then held against its set of characters; what
 * is percent-encoded is looked at apart, so that no text is too long for V8.
 */

const regular = "-a-zA-Z0-9._~!$&'()*+,;=";

const components = /^(?:([^:/?#]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const isScheme = /^[a-zA-Z][a-zA-Z0-9+.-]*$/;
const isUserinfo = new RegExp(`^[${regular}:%]*$`);
const hostAndPort = new RegExp(`^(?:\\[([^\\]]*)\\]|([${regular}%]*))(?::[0-9]*)?$`);
const isZone = /^[a-zA-Z0-9._~%-]+$/;
const isIpFuture = new RegExp(`^v[0-9a-fA-F]+\\.[${regular}:]+$`);
const isPath = new RegExp(`^[${regular}:@/%]*$`);
const isQuery = new RegExp(`^[${regular}:@/?%]*$`);
const brokenEscape = /%(?![0-9a-fA-F]{2})/;

/** Whether a text is a URI, for example `https://example.com/a?b#c`. */
export function isUri(text: string): boolean {
  const { scheme, authority, path, query, fragment } = split(text);
  return scheme !== undefined && isScheme.test(scheme) && isRest(authority, path, query, fragment);
}

/** Whether a text is a URI, or a reference that is relative to one. */
export function isUriRef(text: string): boolean {
  const { scheme, authority, path, query, fragment } = split(text);
  if (scheme !== undefined && !isScheme.test(scheme)) {
    return false;
  }
  return (
    isRest(authority, path, query, fragment) ||
    (scheme !== undefined && isRest(authority, path) && isEndRelative(query, fragment))
  );
}

/**
 * protovalidate goes on where it was when it finds that the query or the
 * fragment of a URI is none: what is left may be a relative reference.
 */
function isEndRelative(query: string | undefined, fragment: string | undefined): boolean {
  const end =
    query === undefined || holds(query, isQuery)
      ? fragment
      : query + (fragment === undefined ? "" : `#${fragment}`);
  if (end === undefined) {
    return false;
  }
  const rest = split(end);
  return rest.scheme === undefined && isRest(rest.authority, rest.path, rest.query, rest.fragment);
}

interface Components {
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

function split(text: string): Components {
  const [, scheme, authority, path = "", query, fragment] = components.exec(text) ?? [];
  return { scheme, authority, path, query, fragment };
}

function isRest(authority: string | undefined, path: string, query = "", fragment = ""): boolean {
  return (
    (authority === undefined || isAuthority(authority)) &&
    holds(path, isPath) &&
    holds(query, isQuery) &&
    holds(fragment, isQuery)
  );
}

function holds(text: string, pattern: RegExp): boolean {
  return pattern.test(text) && !brokenEscape.test(text);
}

function isAuthority(text: string): boolean {
  const at = text.indexOf("@");
  const match = hostAndPort.exec(text.slice(at + 1));
  if (match === null || (at >= 0 && !holds(text.slice(0, at), isUserinfo))) {
    return false;
  }
  const [, literal, name = ""] = match;
  return literal === undefined ? isDecodable(name) : isIpLiteral(literal);
}

function isIpLiteral(text: string): boolean {
  if (isIpFuture.test(text)) {
    return true;
  }
  const percent = text.indexOf("%25");
  const address = percent < 0 ? text : text.slice(0, percent);
  const zoneText = text.slice(percent + 3);
  return (
    // protovalidate takes no IPv4 form here.
    !/[%.]/.test(address) &&
    isIp(address, 6) &&
    (percent < 0 || (isZone.test(zoneText) && isDecodable(zoneText)))
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
