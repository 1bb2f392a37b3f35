import { readDocuments } from "botwire/node";
import { documentsDoor } from "botwire/webhook";
import { describe, expect, it } from "vitest";
import { start } from "../server/start.ts";

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
