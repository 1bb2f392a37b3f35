import type { JsonInput } from "../json-input.ts";
import type { JsonOutput } from "../json-output.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import { describe, entryStep } from "../problem.ts";

// google.protobuf.Struct, Value and ListValue, kept as the JSON that they stand for.

/** Reads a Value: any JSON. */
export function readValue(input: JsonInput): JsonValue {
  input.checkDepth();
  const json = input.value();
  // A Value counts twice towards the depth: as a message, and as the value in it.
  return isJson(json, input.levels - 1, "", input) ? json : null;
}

/** Reads a Struct: any JSON object. */
export function readStruct(input: JsonInput): JsonObject {
  input.checkDepth();
  const json = input.value();
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    input.expected("object");
    return {};
  }
  return isJsonObject(json, input.levels, "", input) ? json : {};
}

/** Reads a ListValue: any JSON array. */
export function readListValue(input: JsonInput): JsonValue[] {
  input.checkDepth();
  const json = input.value();
  if (!Array.isArray(json)) {
    input.expected("array");
    return [];
  }
  return isJsonList(json, input.levels, "", input) ? json : [];
}

/** Whether a value is JSON of so many levels. If not, that is a problem of the input. */
function isJson(json: unknown, levels: number, steps: string, input: JsonInput): json is JsonValue {
  if (levels <= 0) {
    input.problem("nested too deep", steps);
    return false;
  }
  switch (typeof json) {
    case "string":
    case "number":
    case "boolean":
      return true;
    case "object":
      if (json === null) {
        return true;
      }
      return Array.isArray(json)
        ? isJsonList(json, levels, steps, input)
        : isJsonObject(json, levels, steps, input);
    default:
      input.problem(`expected JSON value, got ${describe(json)}`, steps);
      return false;
  }
}

function isJsonObject(
  json: object,
  levels: number,
  steps: string,
  input: JsonInput,
): json is JsonObject {
  return Object.entries(json).every(([key, value]) =>
    isJson(value, levels - 1, steps + entryStep(key), input),
  );
}

function isJsonList(
  json: readonly unknown[],
  levels: number,
  steps: string,
  input: JsonInput,
): json is JsonValue[] {
  return json.every((value, i) => isJson(value, levels - 1, `${steps}[${i}]`, input));
}

/** Writes a Value. JSON has no other numbers than finite ones. */
export function writeValue(value: unknown, output: JsonOutput): void {
  switch (typeof value) {
    case "string":
      output.string(value);
      break;
    case "boolean":
      output.bool(value);
      break;
    case "number":
      if (Number.isFinite(value)) {
        output.double(value);
      } else {
        output.expected("finite number", value);
      }
      break;
    case "object":
      if (value === null) {
        output.json(null);
      } else if (Array.isArray(value)) {
        writeListValue(value, output);
      } else {
        writeStruct(value, output);
      }
      break;
    default:
      output.expected("JSON value", value);
  }
}

/** Writes a Struct. */
export function writeStruct(struct: object, output: JsonOutput): void {
  output.open();
  for (const [key, value] of Object.entries(struct)) {
    output.key(key);
    writeValue(value, output);
  }
  output.close();
}

/** Writes a ListValue. */
export function writeListValue(list: readonly unknown[], output: JsonOutput): void {
  output.openList();
  for (const value of list) {
    output.element();
    writeValue(value, output);
  }
  output.closeList();
}

/** Completes an initializer of a Struct: as it is. */
export function initStruct(init: object): JsonObject {
  return init as JsonObject;
}

/** Completes an initializer of a ListValue: as it is. */
export function initListValue(init: readonly unknown[]): JsonValue[] {
  return init as JsonValue[];
}
