import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import type { Printable } from "@bufbuild/protoplugin";
import { stringLiteral } from "../../code.ts";
import { access, isInherited } from "../../message-model/property.ts";
import { blankMember, hasPresence, messageLiteral } from "./blank.ts";
import { type CodecScope, codecName } from "./codec-scope.ts";
import { memberValue, valueInit } from "./value-codec.ts";

/** Prints the function that completes an initializer of a message. */
export function emitInit(scope: CodecScope, message: DescMessage): void {
  const { f } = scope;
  const type = scope.type(message);
  const init = scope.helperType("Init");
  const parameter = message.fields.length === 0 ? "_init" : "init";
  f.print`${f.export("function", codecName("init", message))}(${parameter}: ${init}<${type}> = {}): ${type} {`;
  const oneofs = message.oneofs;
  const literal = messageLiteral(scope, message, (member) => initMember(scope, member), "  ");
  if (oneofs.length === 0) {
    f.print`  return ${literal};`;
  } else {
    f.print`  const message: ${type} = ${literal};`;
    for (const oneof of oneofs) {
      emitOneof(scope, oneof);
    }
    f.print("  return message;");
  }
  f.print("}");
}

function emitOneof(scope: CodecScope, oneof: DescOneof): void {
  const { f, model } = scope;
  const property = model.property(oneof);
  const group = access("init", property);
  f.print`  switch (${group}?.${model.oneof.discriminator}) {`;
  for (const field of oneof.fields) {
    const name = stringLiteral(model.property(field));
    const init = valueInit(scope, field);
    const given = memberValue(scope, field, `${group}.value`);
    const value = init === undefined ? given : init.call(given);
    f.print`    case ${name}:`;
    f.print`      ${access("message", property)} = { ${model.oneof.discriminator}: ${name}, value: ${value} };`;
    f.print("      break;");
  }
  f.print("  }");
}

function initMember(scope: CodecScope, member: DescField | DescOneof): Printable {
  const { model } = scope;
  const blank = blankMember(scope, member);
  if (member.kind === "oneof") {
    return blank;
  }
  const property = model.property(member);
  const given = isInherited(property)
    ? [scope.helper("ownValue"), `(init, ${stringLiteral(property)})`]
    : access("init", property);
  const init = valueInit(scope, member);
  const rest: Printable = init === undefined ? ")" : [", ", init.function, ")"];
  switch (member.fieldKind) {
    case "list":
      return [scope.helper("initList"), "(", given, rest];
    case "map":
      return [
        scope.helper(model.mapForm(member) === "Map" ? "initMap" : "initRecord"),
        "(",
        given,
        rest,
      ];
    default:
      if (init !== undefined) {
        return [scope.helper("initOptional"), "(", given, rest];
      }
      return hasPresence(member) ? [given, " ?? undefined"] : [given, " ?? ", blank];
  }
}
