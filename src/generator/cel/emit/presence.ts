import { type Code, code } from "../../code.ts";
import { choice } from "./shapes.ts";
import { Level, type MessagePath, type Presence, primary, type Value } from "./value.ts";

/** A condition, for which the opposite is found. */
export function presence(present: string): Presence {
  const compound = / (?:&&|\|\||\?) /.test(present);
  const simple = compound ? null : /^(.*) (!==|===) (.*)$/.exec(present);
  return {
    present,
    absent:
      simple === null
        ? `!(${present})`
        : `${simple[1]} ${simple[2] === "!==" ? "===" : "!=="} ${simple[3]}`,
  };
}

/** Code that is true if all conditions are; nothing if there are none. */
export function allPresent(conditions: readonly Presence[]): Code | undefined {
  const parts = conditions.map(({ present }) => present);
  return parts.length === 0 ? undefined : code`${parts.join(" && ")}`;
}

/** What the code gives if all conditions are true, else something else. */
export function ifPresent(
  conditions: readonly Presence[],
  yes: Code,
  no: Code,
): Pick<Value, "code" | "level"> {
  if (conditions.length === 0) {
    return { code: yes, level: Level.primary };
  }
  return choice(code`${conditions.map(({ absent }) => absent).join(" || ")}`, no, yes);
}

/** Gives a message a path, if need be as the parameter of a function. */
export function withPath(value: Value, use: (path: MessagePath) => Value): Value {
  if (value.form.kind === "message" && value.form.path !== undefined) {
    return use(value.form.path);
  }
  const inner = use({ code: "m$", presence: [presence("m$ !== undefined")] });
  const result = primary(
    code`((m$) => ${inner.code})(${value.code})`,
    inner.type,
    inner.form.kind === "message" ? { ...inner.form, path: undefined } : inner.form,
    { fails: inner.fails || value.fails },
  );
  return inner.range === undefined ? result : { ...result, range: inner.range };
}
