import { describe, expect, it } from "vitest";
import { code, escapeCell, escapeText } from "../../src/generator/documents/markdown/escape.ts";
import { printJson } from "../../src/generator/documents/print-json.ts";
import { ecmaPattern } from "../../src/generator/documents/schema/portable-pattern.ts";
import { objectOf } from "../../src/generator/tool-model/json.ts";
import { unwrapComment } from "../../src/generator/tool-model/unwrap-comment.ts";
import { runSpec } from "./run-spec.ts";

const hostile = {
  "evil/v1/evil.proto": `syntax = "proto3";
package evil.v1;
import "buf/validate/validate.proto";
// <script>alert(1)</script> [x](javascript:alert(2)) \u202e "quoted" \\\\ \`code | <b>\`
service EvilService {
  // | cell | ![i](http://e.vil/x.png) {{template}} $\{x}
  // # No heading
  rpc Do(DoRequest) returns (DoRequest);
}
message DoRequest {
  // --- "a": 1 }
  string __proto__ = 1 [(buf.validate.field).string = {in: ["\\"</td>", "|", "\\n# b"]}];
  string constructor = 2 [(buf.validate.field).string.pattern = "^[|\`]+$"];
  string toString = 3 [(buf.validate.field).cel = {id: "a", message: "<i>\\u2028</i>", expression: "true"}];
}
`,
};

describe("documents of hostile .protos", () => {
  const documents = runSpec(hostile);

  it("are JSON with every name as an own property", () => {
    for (const [path, text] of Object.entries(documents)) {
      if (path.endsWith(".json")) {
        expect(() => JSON.parse(text)).not.toThrow();
        expect(text).not.toMatch(/[\u2028\u202e]/);
      }
    }
    const schema = JSON.parse(documents["json-schema/evil.v1.DoRequest.schema.json"] ?? "");
    expect(Object.keys(schema.properties)).toEqual(["__proto__", "constructor", "toString"]);
  });

  it("have no markup but their own in Markdown", () => {
    const page = documents["markdown/evil.md"] ?? "";
    const outsideOfCode = page.replace(/(`+)[\s\S]*?\1/g, "");
    expect(outsideOfCode).not.toMatch(/<|(?<!\\)\]\(javascript|!\[|\u202e|\u2028/);
    expect(page.split("\n").filter((line) => line.startsWith("#"))).toEqual([
      "# Evil",
      "## do",
      "### Request",
      "### Response",
    ]);
    for (const row of page.split("\n").filter((line) => line.startsWith("| `"))) {
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
    }
  });
});

describe("Markdown", () => {
  it.each([
    ["a *b* _c_ [d](e) <f> & ~g~", "a \\*b\\* \\_c\\_ \\[d\\](e) &lt;f&gt; &amp; \\~g\\~"],
    ["use `a|b` here", "use `a|b` here"],
    ["an `open quote", "an \\`open quote"],
    ["# no heading\n- a list", "\\# no heading\n- a list"],
    ["1. one\n10) two", "1. one\n10) two"],
  ])("%j is %j", (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });

  it("keeps a cell on one line", () => {
    expect(escapeCell("a | b\nc `d|e`")).toBe("a \\| b; c `d\\|e`");
  });

  it.each([
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
  ])("code %j is %j", (text, escaped) => {
    expect(code(text)).toBe(escaped);
  });
});

describe("printed JSON", () => {
  it("has short lists on one line, and no invisible characters", () => {
    const json = objectOf([
      ["__proto__", ["a", 1]],
      ["a", undefined],
      ["b", { c: "\u202e\u007f\u{e0001}é" }],
    ]);
    expect(printJson(json)).toBe(
      '{\n  "__proto__": ["a", 1],\n  "b": { "c": "\\u202e\\u007f\\udb40\\udc01é" }\n}\n',
    );
  });
});

describe("comments", () => {
  it("lose the breaks that only keep lines short", () => {
    expect(unwrapComment("One line\ngoes on.\n\nA list:\n- a\n- b\n\n    code\n    more")).toBe(
      "One line goes on.\n\nA list:\n- a\n- b\n\n    code\n    more",
    );
  });
});

describe("patterns of RE2 for ECMA-262", () => {
  it.each([
    ["^[a-z]+(-[a-z]+)*$", "^[a-z]+(-[a-z]+)*$"],
    ["^\\p{L}{1,3}$", "^\\p{L}{1,3}$"],
    ["^a.b$", "^a[^\\n]b$"],
    ["\\s", "[\\t\\n\\f\\r ]"],
    ["(?i)ab\\z", "[Aa][Bb]$"],
    ["a\\-b", "a-b"],
  ])("%s is %s", (re2, ecma) => {
    expect(ecmaPattern(re2)).toBe(ecma);
    expect(() => new RegExp(ecma, "u")).not.toThrow();
  });
});
