// A schema of many messages with the usual rules, to see what a message costs.

const nouns =
  "account address amount author body category channel city code color comment company contact content country currency customer date deadline description device discount document email event file group image invoice item label language link list location member message name note number offer order owner page parent payment phone photo place plan policy price product profile project quantity question rating reason region report request result review role room rule schedule score section service session shop size source status step store street subject summary tag target task team text thread ticket time title token topic total type unit user value version video visit week zone".split(
    " ",
  );

const types: readonly ((
  name: string,
  number: number,
  pick: (limit: number) => number,
) => string)[] = [
  (name, number, pick) =>
    `string ${name} = ${number} [(buf.validate.field).string = {min_len: 1, max_len: ${[32, 64, 100, 120, 128, 256][pick(6)]}}];`,
  (name, number, pick) =>
    `string ${name} = ${number} [(buf.validate.field).string.max_len = ${[64, 200, 1000, 2048][pick(4)]}];`,
  (name, number) => `string ${name} = ${number} [(buf.validate.field).string.email = true];`,
  (name, number) => `string ${name} = ${number} [(buf.validate.field).string.uuid = true];`,
  (name, number, pick) =>
    `int32 ${name} = ${number} [(buf.validate.field).int32 = {gte: ${pick(2)}, lte: ${[10, 100, 150, 500, 1000][pick(5)]}}];`,
  (name, number) => `uint32 ${name} = ${number} [(buf.validate.field).uint32.gt = 0];`,
  (name, number) =>
    `double ${name} = ${number} [(buf.validate.field).double = {gte: 0, finite: true}];`,
  (name, number, pick) =>
    `repeated string ${name} = ${number} [(buf.validate.field).repeated = {min_items: 1, max_items: ${[8, 16, 50][pick(3)]}, items: {string: {min_len: 1, max_len: 64}}}];`,
];

/** A file with so many messages of six fields each, which hold each other. */
export function manyMessages(name: string, count: number): string {
  let state = 7;
  const pick = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * limit);
  };
  const noun = () => nouns[pick(nouns.length)] ?? "name";
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const names: string[] = [];
  const messages: string[] = [];
  for (let i = 0; i < count; i++) {
    const own = `${capital(noun())}${capital(noun())}${i}`;
    const fields = new Set<string>();
    while (fields.size < 6) {
      fields.add(pick(2) === 0 ? noun() : `${noun()}_${noun()}`);
    }
    const lines = [...fields].map((field, j) => {
      const other = names[pick(names.length)];
      return j === 5 && other !== undefined
        ? `${other} ${field} = 6 [(buf.validate.field).required = true];`
        : (types[pick(types.length)] ?? types[0])?.(field, j + 1, pick);
    });
    messages.push(`message ${own} {\n  ${lines.join("\n  ")}\n}`);
    names.push(own);
  }
  return `syntax = "proto3";\npackage bench.validate.${name}.v1;\nimport "buf/validate/validate.proto";\n${messages.join("\n")}\n`;
}
