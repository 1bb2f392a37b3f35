import { once } from "node:events";
import http2 from "node:http2";
import https from "node:https";
import { text as readText } from "node:stream/consumers";
import { silentLogger } from "botwire";
import { createFetchHandler } from "botwire/fetch";
import { readDocuments } from "botwire/node";
import { documentsDoor } from "botwire/webhook";
import { describe, expect, it, onTestFinished } from "vitest";
import { selfSigned } from "../server/certificate.ts";
import { start } from "../server/start.ts";
import { noteBot } from "../webhook/note-bot.ts";

const documents = readDocuments("generated/spec");

describe("a server with a documents door", () => {
  it("lists its documents, by the URL that it was asked at", async () => {
    const { url } = await start({ doors: [documentsDoor({ documents })] });
    const response = await fetch(`${url}/documents`);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toMatchObject({
      documents: expect.arrayContaining([`${url}/documents/coze/almanac.openapi.json`]),
    });
  });

  it.each([
    ["coze/almanac.openapi.json", "/actions"],
    ["dify/almanac.openapi.json", "/actions"],
    ["openapi/openapi.json", ""],
  ])("puts its own URL into %s, and changes nothing else", async (path, base) => {
    const { url } = await start({ doors: [documentsDoor({ documents })] });
    const response = await fetch(`${url}/documents/${path}`);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ servers: [{ url: `${url}${base}` }] });
    expect(text.replaceAll(url, "https://bot.example.com")).toBe(
      documents.find((document) => document.path === path)?.text,
    );
  });

  it("prefers the URL of its options, and that of a proxy", async () => {
    const given = documentsDoor({ documents, publicUrl: "https://api.acme.com/bot/" });
    const derived = documentsDoor({ documents, basePath: "/spec" });
    const { url } = await start({ doors: [given, derived] });
    const serverOf = async (path: string, headers: Record<string, string> = {}) =>
      (await (await fetch(url + path, { headers })).json()).servers[0].url;
    const proxy = { "x-forwarded-host": "bot.acme.com, inner", "x-forwarded-proto": "https" };
    const path = "/coze/almanac.openapi.json";
    expect(await serverOf(`/documents${path}`, proxy)).toBe("https://api.acme.com/bot/actions");
    expect(await serverOf(`/spec${path}`, proxy)).toBe("https://bot.acme.com/actions");
    const hostile = { "x-forwarded-host": 'a"}],"x":"' };
    expect(await serverOf(`/spec${path}`, hostile)).toBe("https://bot.example.com/actions");
  });

  it("hands out Markdown and manifests as they are", async () => {
    const { url } = await start({ doors: [documentsDoor({ documents })] });
    for (const path of ["markdown/almanac.md", "coze/almanac.manifest.json"]) {
      const text = await (await fetch(`${url}/documents/${path}`)).text();
      expect(text).toBe(documents.find((document) => document.path === path)?.text);
    }
    const page = await fetch(`${url}/documents/markdown/almanac.md`, { method: "HEAD" });
    expect([page.status, page.headers.get("content-type")]).toEqual([
      200,
      "text/markdown; charset=utf-8",
    ]);
  });

  it("names HTTPS where the server itself speaks it, in every version of HTTP", async () => {
    const certificate = selfSigned();
    const { port } = await start({ doors: [documentsDoor({ documents })], tls: certificate });
    const url = `https://localhost:${port}`;
    const client = http2.connect(url, { ca: certificate.cert });
    onTestFinished(() => client.destroy());
    const stream = client.request({ ":path": "/documents" });
    expect(await readText(stream)).toContain(`"${url}/documents/coze/almanac.openapi.json"`);
    const [response] = await once(
      https.get(`${url}/documents`, { ca: certificate.cert }),
      "response",
    );
    expect(await readText(response)).toContain(`"${url}/documents/coze/almanac.openapi.json"`);
  });

  it.each([
    ["GET", "/documents/nothing.json", 404, "there is no such document: GET /documents lists them"],
    ["GET", "/documents/..%2f..%2fpackage.json", 404, "there is no such document"],
    ["POST", "/documents", 405, "/documents is read by GET, not POST"],
  ])("answers %s %s with %i", async (method, path, status, message) => {
    const { url } = await start({ doors: [documentsDoor({ documents })] });
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(status);
    const { error } = await response.json();
    expect(error.message).toContain(message);
  });

  it.each(["bot.example.com", "ftp://a.b", "https://a.b?c=d"])(
    "refuses the URL %s",
    (publicUrl) => {
      expect(() => documentsDoor({ documents, publicUrl })).toThrow(
        `documents door: ${JSON.stringify(publicUrl)} is no URL of a server: give one such as https://bot.example.com`,
      );
    },
  );

  it("needs documents", () => {
    expect(() => readDocuments("docs/nothing")).toThrow("ENOENT");
    expect(() => readDocuments("scripts")).toThrow("there are no documents in");
  });
});

describe("a fetch handler with a documents door", () => {
  const handlerOf = (publicUrl?: string) =>
    createFetchHandler({
      actions: [noteBot()],
      doors: [documentsDoor({ documents, publicUrl })],
      cors: { origins: ["https://studio.example.com"] },
      log: silentLogger,
    });
  const path = "/documents/coze/almanac.openapi.json";

  it.each([
    ["the URL that was asked for", undefined, {}, "https://worker.example.dev"],
    ["that of its options", "https://api.acme.com/bot", {}, "https://api.acme.com/bot"],
    [
      "that of a proxy",
      undefined,
      { "x-forwarded-host": "bot.acme.com", "x-forwarded-proto": "http" },
      "http://bot.acme.com",
    ],
  ])("hands out documents with %s", async (_, publicUrl, headers, url) => {
    const handle = handlerOf(publicUrl);
    const response = await handle(
      new Request(`https://worker.example.dev${path}`, { headers: new Headers(headers) }),
    );
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "application/json",
    ]);
    expect(await response.json()).toMatchObject({ servers: [{ url: `${url}/actions` }] });
    const list = await (await handle(new Request("https://worker.example.dev/documents"))).json();
    expect(list.documents).toHaveLength(documents.length);
  });

  it("answers HEAD, other methods, unknown documents and pages of other origins", async () => {
    const handle = handlerOf();
    const ask = (path: string, init: RequestInit) =>
      handle(new Request(`https://worker.example.dev${path}`, init));
    const head = await ask(path, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect((await ask(path, { method: "DELETE" })).status).toBe(405);
    expect((await ask("/documents/none.json", {})).status).toBe(404);
    const page = await ask(path, { headers: { origin: "https://studio.example.com" } });
    expect(page.headers.get("access-control-allow-origin")).toBe("https://studio.example.com");
  });
});
