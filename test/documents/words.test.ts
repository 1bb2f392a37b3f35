import { describe, expect, it } from "vitest";
import { runSpec } from "./run-spec.ts";

// Documents read as if somebody had written them.

const files = {
  "crm/v1/crm.proto": `syntax = "proto3";
package crm.v1;
import "buf/validate/validate.proto";

service CrmService {
  // 创建联系人。
  rpc CreateContact(Contact) returns (Contact);
}

message Contact {
  option (buf.validate.message).cel = {
    id: "vip" message: "contacts with a stage need an age" expression: "this.stage == 0 || this.age > 0"
  };
  string email = 1 [(buf.validate.field).required = true, (buf.validate.field).string.email = true];
  // Age: 1 to 120.
  int32 age = 2 [(buf.validate.field).int32 = {gte: 1 lte: 120}];
  // Between 11 to 990 points.
  int32 points = 3 [(buf.validate.field).int32 = {gte: 1 lte: 99}];
  Stage stage = 4;
  // Lower case.
  string city = 5 [(buf.validate.field).cel = {
    id: "lower" message: "this.city has capitals" expression: "this == this.lowerAscii()"
  }];
}

enum Stage {
  STAGE_UNSPECIFIED = 0;
  // Pays.
  STAGE_CUSTOMER = 1;
  STAGE_FORMER = 2 [deprecated = true];
}
`,
};

describe("the documents of Coze", () => {
  const documents = runSpec(files);
  const { post } = JSON.parse(documents["coze/crm.openapi.json"] ?? "").paths["/create_contact"];
  const propertiesOf = (part: { content: Record<string, { schema: { properties: object } }> }) =>
    part.content["application/json"]?.schema.properties;

  it("say each rule of a request once, as a sentence", () => {
    expect(post.summary).toBe("创建联系人。 Contacts with a stage need an age.");
    expect(propertiesOf(post.requestBody)).toMatchObject({
      email: { description: "Must be a valid email address." },
      age: { description: "Age: 1 to 120." },
      points: { description: "Between 11 to 990 points. 1 to 99." },
      stage: {
        description:
          "One of:\n- STAGE_UNSPECIFIED\n- STAGE_CUSTOMER: Pays.\n- STAGE_FORMER: Deprecated.",
      },
      city: { description: "Lower case. this.city has capitals." },
    });
  });

  it("say nothing of rules in an answer, which nothing checks", () => {
    const { error: _, ...fields } = propertiesOf(post.responses["200"]) as Record<string, object>;
    expect(fields).toEqual({
      email: { type: "string" },
      age: { type: "integer", description: "Age: 1 to 120.", format: "int32" },
      points: { type: "integer", description: "Between 11 to 990 points.", format: "int32" },
      stage: expect.objectContaining({ type: "string" }),
      city: { type: "string", description: "Lower case." },
    });
  });

  it("are followed by the page for people", () => {
    const { "markdown/crm.md": page = "" } = documents;
    const [request = "", response = ""] = page.split("### Response");
    expect(request).toContain("| `email` | string | Required. Must be a valid email address. |");
    expect(response).toContain("| `email` | string |  |");
  });
});
