// A schema of any size: files of ten messages, in twenty packages, which use
// each other as real ones do.

const scalars = ["string", "int32", "int64", "bool", "double", "bytes", "uint64", "float"];
const packages = 20;
const messagesPerFile = 10;

/** The .proto files of so many messages, by path. */
export function syntheticSchema(messages: number): ReadonlyMap<string, string> {
  const files = Math.ceil(messages / messagesPerFile);
  return new Map(Array.from({ length: files }, (_, i) => [pathOf(i), fileText(i)]));
}

const packageOf = (file: number) => `synthetic.p${file % packages}.v1`;
const pathOf = (file: number) => `synthetic/p${file % packages}/v1/file${file}.proto`;

function fileText(file: number): string {
  const imports = file === 0 ? [] : [pathOf(file - 1)];
  const lines = [
    'syntax = "proto3";',
    `package ${packageOf(file)};`,
    ...[...imports, "google/protobuf/timestamp.proto"].map((path) => `import "${path}";`),
    `enum Kind${file} { KIND${file}_UNSPECIFIED = 0; KIND${file}_ONE = 1; KIND${file}_TWO = 2; }`,
    ...Array.from({ length: messagesPerFile }, (_, i) => messageText(file, i)),
    `service Service${file} { rpc Call${file}(M${file}x0) returns (M${file}x1); }`,
  ];
  return `${lines.join("\n")}\n`;
}

function messageText(file: number, index: number): string {
  const name = `M${file}x${index}`;
  const fields = scalars.map((_, i) => scalars[(i + index) % scalars.length]);
  const lines = [
    ...fields.map((type, i) => `${type} field_${i + 1} = ${i + 1};`),
    "repeated string tags = 9;",
    "map<string, int32> labels = 10;",
    `Kind${file} kind = 11;`,
    "google.protobuf.Timestamp at = 12;",
  ];
  if (index > 0) {
    lines.push(
      `M${file}x${index - 1} child = 13;`,
      `repeated M${file}x${index - 1} children = 14;`,
    );
  }
  if (file > 0) {
    lines.push(`.${packageOf(file - 1)}.M${file - 1}x${index} other = 15;`);
  }
  lines.push("oneof choice { string text = 16; int32 number = 17; }");
  return `// A message with a field of most kinds.\nmessage ${name} {\n  ${lines.join("\n  ")}\n}`;
}
