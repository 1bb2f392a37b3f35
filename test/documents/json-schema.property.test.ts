import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Dialect } from "../../src/generator/documents/schema/dialect.ts";
import { jsonSchema, openApi } from "../../src/generator/documents/schema/dialects.ts";
import { messageSchema } from "../../src/generator/documents/schema/message-schema.ts";
import type { MessageType } from "../../src/generator/tool-model/message-type.ts";
import { reachableMessages } from "../../src/generator/tool-model/nested.ts";
import { inexpressible } from "./expressible.ts";
import { randomTypes } from "./random-schemas.ts";

const seeds = [1, 2, 4, 8, 9, 10, 12, 20, 21, 45, 46, 91, 106, 118, 144];

/** The schema of a message, and of those that it refers to, as a check. */
function compile(type: MessageType, dialect: Dialect): ValidateFunction {
  const ajv = new Ajv2020({ strictTypes: false, validateFormats: false });
  for (const message of reachableMessages([type])) {
    ajv.addSchema({
      $id: message.typeName,
      ...messageSchema(message, ({ typeName }) => typeName, dialect),
    });
  }
  return ajv.compile({ $ref: type.typeName });
}

describe("JSON Schema of random messages with random rules", () => {
  it.each(seeds)("agrees with the validator, seed %i", async (seed) => {
    const differences: string[] = [];
    const counts = { valid: 0, invalid: 0 };
    for (const { type, samples } of await randomTypes(seed, 40)) {
      const check = compile(type, jsonSchema);
      const openApiCheck = compile(type, openApi);
      for (const { json, broken } of samples) {
        const accepted = check(json);
        const told = broken.filter((id) => !inexpressible.some((rule) => rule.test(id)));
        if (broken.length === 0) {
          counts.valid++;
        } else if (told.length > 0) {
          counts.invalid++;
        }
        if (told.length > 0 && openApiCheck(json)) {
          differences.push(`${type.name}: OpenAPI accepts ${JSON.stringify(json)}`);
        }
        if (broken.length === 0 ? !accepted : told.length > 0 && accepted) {
          differences.push(
            `${type.name}: validator ${told.join(" ") || "accepts"}, schema ${
              accepted ? "accepts" : JSON.stringify(check.errors)
            } ${JSON.stringify(json)}`,
          );
        }
      }
    }
    expect(differences).toEqual([]);
    expect(counts.invalid).toBeGreaterThan(0);
  });
});
