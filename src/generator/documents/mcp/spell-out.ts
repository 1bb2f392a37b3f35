import { isList, type Json, type JsonObject, objectOf } from "../../tool-model/json.ts";

/** Keywords whose values are JSON, not schemas. */
const plain: ReadonlySet<string> = new Set(["const", "default", "enum", "examples", "required"]);

/**
 * Replaces the references of a schema by what they stand for. What stands
 * beside a reference, such as a description, wins. The schemas must not lead
 * back to themselves.
 *
 * @param schemas the schemas by the references to them
 */
export function spellOut(schema: JsonObject, schemas: ReadonlyMap<string, JsonObject>): JsonObject {
  const { $ref, ...beside } = schema;
  const { title: _, ...target } = (typeof $ref === "string" && schemas.get($ref)) || {};
  const { type, description, ...rest } = { ...target, ...defined(beside) };
  return objectOf(
    Object.entries({ type, description, ...rest }).map(([keyword, value]) => {
      if (value === undefined || plain.has(keyword)) {
        return [keyword, value];
      }
      const isNamed = keyword === "properties" && isObject(value);
      return [keyword, isNamed ? spellOutEach(value, schemas) : spellOutAny(value, schemas)];
    }),
  );
}

/** The members that are there, so that they may stand for others. */
function defined(json: JsonObject): JsonObject {
  return objectOf(Object.entries(json).filter(([, value]) => value !== undefined));
}

function spellOutEach(
  properties: JsonObject,
  schemas: ReadonlyMap<string, JsonObject>,
): JsonObject {
  return objectOf(
    Object.entries(properties).map(([name, value]) => [
      name,
      value === undefined ? undefined : spellOutAny(value, schemas),
    ]),
  );
}

function spellOutAny(value: Json, schemas: ReadonlyMap<string, JsonObject>): Json {
  if (isList(value)) {
    return value.map((item) => spellOutAny(item, schemas));
  }
  return isObject(value) ? spellOut(value, schemas) : value;
}

function isObject(json: Json): json is JsonObject {
  return typeof json === "object" && json !== null && !isList(json);
}
