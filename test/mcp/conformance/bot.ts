import {
  type ActionContract,
  ActionError,
  type Implementation,
  implement,
  type ObjectSchema,
  type ServerStreaming,
  type ServiceContract,
  type ToolSet,
  type Unary,
} from "botwire";
import { type Note, NoteSchema } from "../../webhook/note-bot.ts";
import { NoteServiceTools } from "../note-tools.ts";

function contractOf<K extends "unary" | "server_streaming">(
  kind: K,
  name: string,
): ActionContract<Note, Note, K> {
  return {
    kind,
    name,
    rpc: name,
    description: "",
    idempotency: "unspecified",
    input: NoteSchema,
    output: NoteSchema,
  };
}

const DiagnosticService: ServiceContract<{
  simpleText: Unary<Note, Note>;
  errorHandling: Unary<Note, Note>;
  logging: Unary<Note, Note>;
  progress: ServerStreaming<Note, Note>;
  elicitation: ServerStreaming<Note, Note>;
  jsonSchema: Unary<Note, Note>;
}> = {
  typeName: "test.v1.DiagnosticService",
  actions: {
    simpleText: contractOf("unary", "test_simple_text"),
    errorHandling: contractOf("unary", "test_error_handling"),
    logging: contractOf("unary", "test_logging_tool"),
    progress: contractOf("server_streaming", "test_tool_with_progress"),
    elicitation: contractOf("server_streaming", "test_streaming_elicitation"),
    jsonSchema: contractOf("unary", "json_schema_2020_12_tool"),
  },
};

/** The tools that the scenarios of the conformance suite call, as far as actions can be them. */
export function diagnosticBot(): Implementation {
  return implement(DiagnosticService, {
    simpleText: () => ({ text: "This is a simple text response for testing." }),
    errorHandling() {
      throw new ActionError("aborted", "This tool intentionally returns an error for testing");
    },
    logging: () => ({}),
    *progress() {
      for (const text of ["0", "50", "100"]) {
        yield { text };
      }
    },
    *elicitation() {
      yield { text: "a stream without questions" };
    },
    jsonSchema: () => ({}),
  });
}

/** What a generator would print for them. */
export function diagnosticTools(): ToolSet {
  const { echo } = NoteServiceTools.tools;
  if (echo === undefined) {
    throw new Error("the bot of notes lost its tool");
  }
  const names = Object.values(DiagnosticService.actions).map(({ name }) => name);
  return {
    service: DiagnosticService.typeName,
    tools: {
      ...Object.fromEntries(names.map((name) => [name, echo])),
      json_schema_2020_12_tool: { ...echo, input: wideSchema },
    },
  };
}

/** What the suite wants to find unchanged, although no generator would print it. */
const wideSchema: ObjectSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  $defs: {
    address: {
      $anchor: "addressDef",
      type: "object",
      properties: { street: { type: "string" }, city: { type: "string" } },
    },
  },
  properties: {
    name: { type: "string" },
    address: { $ref: "#/$defs/address" },
    contactMethod: { type: "string", enum: ["phone", "email"] },
    phone: { type: "string" },
    email: { type: "string" },
  },
  allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
  if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ["phone"] },
  else: { required: ["email"] },
  additionalProperties: false,
};
