import { describe, expect, it } from "vitest";
import { CallbackRequestSchema } from "../../generated/es/bot/coze/v1/callback_pb.ts";
import { post, start } from "../server/start.ts";

describe("the envelope of a callback", () => {
  // The door reads it by hand, so it has to know what the contract knows.
  it.each(CallbackRequestSchema.fields.map(({ name, jsonName }) => [name, jsonName]))(
    "has the field %s, also as %s",
    async (...spellings) => {
      const { url } = await start();
      for (const spelling of spellings) {
        const response = await post(`${url}/coze_callback`, { [spelling]: false });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({
          error: { message: expect.stringMatching(`^"${spelling}" must be a .*, not a boolean$`) },
        });
      }
    },
  );
});
