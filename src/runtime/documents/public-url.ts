import type { HttpRequest } from "../http/exchange.ts";

/** Returns a URL of a server without a slash at its end, or throws an error that names the mend. */
export function checkedPublicUrl(door: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.search !== "" ||
    url.hash !== ""
  ) {
    throw new Error(
      `${door}: ${JSON.stringify(text)} is no URL of a server: give one such as https://bot.example.com`,
    );
  }
  return url.href.replace(/\/+$/, "");
}

/**
 * The URL that a request came to: what proxies report goes before what the
 * server itself sees, for HTTPS ends there. Undefined without a usable host.
 */
export function requestUrl({ headers, origin }: HttpRequest): string | undefined {
  const [, scheme, host] = /^(https?):\/\/(.*)$/.exec(origin ?? "") ?? [];
  const reached = first(headers.get("x-forwarded-host")) ?? host;
  if (reached === undefined || !/^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?$/.test(reached)) {
    return undefined;
  }
  const forwarded = first(headers.get("x-forwarded-proto"));
  const secure = forwarded === undefined ? scheme === "https" : forwarded === "https";
  return `${secure ? "https" : "http"}://${reached}`;
}

/** The first of a list, which is what the client itself used. */
function first(header: string | undefined): string | undefined {
  return header?.split(",", 1)[0]?.trim();
}
