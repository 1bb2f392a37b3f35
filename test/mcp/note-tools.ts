import type { ObjectSchema, ToolSet } from "botwire";

/** A recursive message, as the generator describes one. */
const note: ObjectSchema = {
  type: "object",
  $ref: "#/$defs/Note",
  $defs: {
    Note: {
      type: "object",
      properties: {
        text: { type: "string", description: "What it says." },
        note_count: { type: "integer" },
        child: { $ref: "#/$defs/Note" },
      },
      additionalProperties: false,
    },
  },
};

/** What a generator would print for the bot of notes. */
export const NoteServiceTools: ToolSet = {
  service: "test.v1.NoteService",
  tools: {
    echo: { title: "Echo", description: "Echo a note.", input: note, output: note },
    repeat: { description: "", input: note, output: note },
  },
};
