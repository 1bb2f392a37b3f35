import { fieldTable, fromJsonString, type MessageCodec, tryFromJsonString } from "botwire/codec";
import { expect, test } from "vitest";

interface Letter {
  text: string;
  weight: number;
}

const fields = fieldTable(["text", "history", "weight"]);

/** As it is printed for `history` with the option `skip`. */
const letter: MessageCodec<Letter> = {
  typeName: "zoo.v1.Letter",
  init: ({ text = "", weight = 0 } = {}) => ({ text, weight }),
  params: {},
  readJson(input) {
    const message: Letter = { text: "", weight: 0 };
    for (let field = input.open(fields); field >= 0; field = input.next(fields, field)) {
      switch (field) {
        case 0:
          message.text = input.string();
          break;
        case 1:
          input.skip();
          break;
        case 2:
          message.weight = input.int32();
          break;
      }
    }
    return message;
  },
  writeJson() {
    throw new Error("nothing is written here");
  },
};

const around = (value: string) => `{"text":"a", "history" : ${value} , "weight":7}`;

test.each([
  "null",
  "true",
  "-1.5e3",
  '"é\\u00e9\\n\\"☕"',
  "[ ]",
  "{ }",
  '[{"a":[1,{"b":{}}]} , "]}" , false]',
  `${"[".repeat(5000)}${"]".repeat(5000)}`,
])("skips %.40s", (value) => {
  expect(fromJsonString(letter, around(value))).toEqual({ text: "a", weight: 7 });
});

test.each([
  "",
  "nul",
  "tru",
  "01",
  "+1",
  "1.",
  ".5",
  "1e",
  "'a'",
  '"\\q"',
  '"\\u12"',
  '"a',
  "[1,]",
  "[1 2]",
  "{,}",
  '{"a"}',
  '{"a":1,}',
  "{1:2}",
  "[1}",
  "[",
  "]",
  "\u0007",
])("checks the syntax of %j", (value) => {
  const result = tryFromJsonString(letter, around(value));
  expect(result.ok ? [] : result.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^not well-formed JSON: /),
  ]);
});

test("looks no closer than that, and finds problems behind it", () => {
  const result = tryFromJsonString(letter, '{"history":{"a":[{"b":1,"b":2}]},"weight":"x"}');
  expect(result).toEqual({
    ok: false,
    problems: [{ path: "weight", message: 'expected int32, got "x"' }],
  });
});
