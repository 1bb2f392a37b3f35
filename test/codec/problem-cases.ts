/** A text that cannot be read: the message type, the text, and the problem with its path. */
export type ProblemCase = readonly [type: string, text: string, problem: string];

/** Those for which all readers have the same words. */
export const problemCases: readonly ProblemCase[] = [
  // Fields are named as the caller does.
  ["Scalars", '{"int32_value":"x"}', 'int32_value | expected int32, got "x"'],
  ["Scalars", '{"int32Value":"x"}', 'int32Value | expected int32, got "x"'],
  ["Scalars", '{"int32Value":2147483648}', "int32Value | expected int32, got 2147483648"],
  ["Scalars", '{"uint32Value":-1}', "uint32Value | expected uint32, got -1"],
  ["Scalars", '{"int64Value":1.5}', "int64Value | expected int64, got 1.5"],
  ["Scalars", '{"int64Value":true}', "int64Value | expected int64, got true"],
  ["Scalars", '{"int64Value":[]}', "int64Value | expected int64, got array"],
  ["Scalars", '{"uint64Value":"-1"}', 'uint64Value | expected uint64, got "-1"'],
  ["Scalars", '{"boolValue":"true"}', 'boolValue | expected boolean, got "true"'],
  ["Scalars", '{"doubleValue":1e999}', "doubleValue | expected number, got Infinity"],
  ["Scalars", '{"doubleValue":{"toString":1}}', "doubleValue | expected number, got object"],
  [
    "Scalars",
    '{"floatValue":1e39}',
    "floatValue | expected number in the range of float, got 1e+39",
  ],
  [
    "Scalars",
    '{"stringValue":"\\ud800"}',
    "stringValue | expected string, got one with an unpaired surrogate",
  ],
  ["Scalars", '{"int32Value":1,"int32_value":1}', "int32_value | set twice, by both of its names"],
  ["Scalars", "[]", " | expected object, got array"],
  ["Lists", '{"int32Value":7}', "int32Value | expected array, got 7"],
  ["Lists", '{"stringValue":["a",null]}', "stringValue[1] | expected string, got null"],
  ["Maps", '{"byInt32":{"x":"y"}}', 'byInt32["x"] | expected int32 as key, got "x"'],
  ["Maps", '{"byBool":{"yes":"y"}}', 'byBool["yes"] | expected true or false as key, got "yes"'],
  ["Maps", '{"byInt32":{"1":"x","01":"y"}}', 'byInt32["01"] | duplicate map key'],
  ["Maps", '{"toLong":{"a.b":-1}}', 'toLong["a.b"] | expected uint64, got -1'],
  [
    "Oneofs",
    '{"text":"a","flag":true}',
    'flag | must not be set together with "text": they are in one oneof',
  ],
  [
    "Oneofs",
    '{"scalars":null,"text":"a"}',
    'text | must not be set together with "scalars": they are in one oneof',
  ],
  ["WellKnown", '{"duration":"1"}', 'duration | expected duration in seconds, as "1.5s", got "1"'],
  [
    "WellKnown",
    '{"duration":"315576000001s"}',
    "duration | expected a duration of up to 315576000000 seconds",
  ],
  [
    "WellKnown",
    '{"fieldMask":"a_b"}',
    "fieldMask | expected lowerCamelCase paths, got one with an underscore",
  ],
  [
    "WellKnown",
    '{"any":{"@type":"x/y.Z"}}',
    'any | the type "x/y.Z" isn\'t among the types that an Any may hold here',
  ],
  ["WellKnown", '{"any":{"a":1}}', 'any | expected the type of the message in "@type"'],
  ["WellKnown", '{"empty":{"a":1}}', "empty.a | unknown field"],

  ["Scalars", '{"text":"a","text":"b"}', "text | duplicate key"],
  [
    "Lists",
    '{"value":[1,{"a":[1,2]}],"stringValue":["a",null]}',
    "stringValue[1] | expected string, got null",
  ],
];

/** A text with problems in several messages, and all of them in their order. */
export const treeText = JSON.stringify({
  name: 5,
  children: [{ name: "a" }, { left: { named: { "key one": { children: [{}, { name: [] }] } } } }],
  branch: { leaf: { shape: "SHAPE_OVAL" } },
  timestamp: "yesterday",
  struct: [],
  more: true,
});
export const treeProblems = [
  "name | expected string, got 5",
  'children[1].left.named["key one"].children[1].name | expected string, got array',
  'branch.leaf.shape | expected a name of enum codec.v1.Tree.Branch.Leaf.Shape, got "SHAPE_OVAL"',
  'timestamp | expected RFC 3339 time, got "yesterday"',
  "struct | expected object, got array",
  "more | unknown field",
];
