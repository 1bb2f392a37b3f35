import type { HeaderReader } from "./headers.ts";

/** Longer headers are nobody's list of languages. */
const maxHeaderLength = 1000;

/**
 * The language that an `accept-language` header wants most, as a canonical
 * BCP 47 tag; empty if it names none. Of several that are wanted alike the
 * first wins. See https://www.rfc-editor.org/rfc/rfc9110#field.accept-language.
 */
export function preferredLanguage(headers: HeaderReader): string {
  const header = headers.get("accept-language");
  if (header === undefined || header.length > maxHeaderLength) {
    return "";
  }
  let best = "";
  let bestWeight = 0;
  for (const range of header.split(",")) {
    const [, tag = "", weight = "1"] = languageRange.exec(range) ?? [];
    if (tag !== "" && Number(weight) > bestWeight) {
      const language = canonicalLanguage(tag);
      if (language !== "") {
        best = language;
        bestWeight = Number(weight);
      }
    }
  }
  return best;
}

const languageRange =
  /^[ \t]*([a-z]{2,8}(?:-[a-z0-9]{1,8})*)[ \t]*(?:;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)[ \t]*)?$/i;

/**
 * No language needs more characters, see https://www.rfc-editor.org/rfc/rfc5646#section-4.4.1.
 * What callers send may be as long as a request, and subtags are compared with each other.
 */
const maxTagLength = 100;

/** The canonical spelling of a language tag: `ZH-hans` is `zh-Hans`. Empty if it is none. */
export function canonicalLanguage(tag: string): string {
  if (tag.length > maxTagLength) {
    return "";
  }
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "";
  } catch {
    return "";
  }
}

/**
 * The class of the caller's device: what `x-device-class` says, else `mobile`
 * or `desktop` as a browser tells by `sec-ch-ua-mobile` or `user-agent`, else
 * empty. Most callers are platforms, not devices, and say nothing.
 */
export function hintedDeviceClass(headers: HeaderReader): string {
  const said = headers.get("x-device-class");
  if (said !== undefined && deviceClass.test(said)) {
    return said;
  }
  const mobile = headers.get("sec-ch-ua-mobile");
  if (mobile === "?1" || mobile === "?0") {
    return mobile === "?1" ? "mobile" : "desktop";
  }
  const agent = headers.get("user-agent");
  if (agent === undefined || !agent.startsWith("Mozilla/")) {
    return "";
  }
  // https://developer.mozilla.org/docs/Web/HTTP/Guides/Browser_detection_using_the_user_agent
  return agent.includes("Mobi") ? "mobile" : "desktop";
}

const deviceClass = /^[\w.-]{1,64}$/;
