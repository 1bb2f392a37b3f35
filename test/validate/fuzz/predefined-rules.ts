import { create, createFileRegistry, type DescExtension, setExtension } from "@bufbuild/protobuf";
import {
  DurationSchema,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldOptionsSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_descriptor,
  file_google_protobuf_duration,
  file_google_protobuf_field_mask,
  file_google_protobuf_timestamp,
  TimestampSchema,
} from "@bufbuild/protobuf/wkt";
import {
  file_buf_validate_validate,
  PredefinedRulesSchema,
  predefined as predefinedOption,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";

const { BOOL, BYTES, DOUBLE, INT32, INT64, MESSAGE, STRING, UINT32, UINT64 } =
  FieldDescriptorProto_Type;

/** A predefined rule as data. */
interface RuleSpec {
  /** The rule message that it extends: `String` for `buf.validate.StringRules`. */
  readonly of: string;
  readonly type: FieldDescriptorProto_Type;
  readonly typeName?: string;
  readonly expression: string;
  /** What the rule may be set to: values, or lists of them. */
  readonly values: readonly [unknown, ...unknown[]];
}

const moment = create(TimestampSchema, { seconds: 1_700_000_000n });
const second = create(DurationSchema, { seconds: 1n });
const most = (1n << 63n) - 1n;

/** Some of them fail for some values: numbers that are divided by zero, or overflow. */
const specs: readonly RuleSpec[] = [
  { of: "String", type: STRING, expression: "this != rule", values: ["", "a", "foo"] },
  {
    of: "String",
    type: UINT64,
    expression: "uint(this.size()) >= rule ? '' : 'less than %d: %s'.format([rule, this])",
    values: [0n, 1n, 4n],
  },
  {
    of: "String",
    type: STRING,
    expression: "rule.exists(start, this.startsWith(start))",
    // protovalidate 1.3.0 repeats the rule for each element of its value.
    values: [["a"], ["http"], [""]],
  },
  {
    of: "String",
    type: BOOL,
    expression: "!rule || rules.min_len <= uint(size(this))",
    values: [true, false],
  },
  { of: "Bytes", type: INT32, expression: "this.size() != rule", values: [0, 3] },
  { of: "Bytes", type: BYTES, expression: "this < rule", values: [Uint8Array.of(1)] },
  { of: "Bool", type: BOOL, expression: "this == rule", values: [true, false] },
  { of: "Int32", type: INT32, expression: "this % rule == 0", values: [2, 3, 0] },
  { of: "SInt32", type: INT64, expression: "this + rule > 0", values: [1n, most] },
  { of: "Int64", type: INT64, expression: "this - rule < 5", values: [0n, most, -most] },
  { of: "Int64", type: DOUBLE, expression: "double(this) < rule", values: [0.5, Number.NaN] },
  { of: "UInt32", type: UINT32, expression: "this - rule < 9u", values: [0, 2] },
  { of: "UInt64", type: UINT64, expression: "this * rule > 1u", values: [1n, 1n << 63n] },
  { of: "Fixed64", type: UINT64, expression: "this / rule != 1u", values: [0n, 7n] },
  { of: "Double", type: DOUBLE, expression: "this <= rule * 2.0", values: [0.5, -1, Infinity] },
  { of: "Float", type: DOUBLE, expression: "this != rule", values: [0, 0.5, Number.NaN] },
  { of: "Enum", type: INT32, expression: "this in rule", values: [[1], [2]] },
  { of: "Repeated", type: INT64, expression: "this.size() <= int(rule)", values: [0n, 2n] },
  { of: "Map", type: INT32, expression: "size(this) != rule", values: [0, 1, 3] },
  { of: "Timestamp", type: BOOL, expression: "!rule || this < now", values: [true, false] },
  {
    of: "Timestamp",
    type: MESSAGE,
    typeName: ".google.protobuf.Timestamp",
    expression: "this >= rule ? '' : 'before ' + string(rule)",
    values: [moment],
  },
  {
    of: "Duration",
    type: MESSAGE,
    typeName: ".google.protobuf.Duration",
    expression: "this + rule > duration('1s')",
    values: [second],
  },
  { of: "FieldMask", type: INT32, expression: "this.paths.size() < rule", values: [1, 3] },
];

const name = "fuzz_rules.proto";

/** The file that declares the rules, in the package `fuzz`. */
export const predefinedFile: FileDescriptorProto = create(FileDescriptorProtoSchema, {
  name,
  package: "fuzz",
  dependency: [
    "buf/validate/validate.proto",
    "google/protobuf/duration.proto",
    "google/protobuf/timestamp.proto",
  ],
  extension: specs.map(({ of, type, typeName, expression, values }, i) => {
    const options = create(FieldOptionsSchema);
    const rule = {
      id: `predefined.${i}`,
      message: i % 2 === 0 ? "" : `must keep ${i}`,
      expression,
    };
    setExtension(options, predefinedOption, create(PredefinedRulesSchema, { cel: [rule] }));
    return {
      name: `rule_${i}`,
      number: 1000 + i,
      label: Array.isArray(values[0])
        ? FieldDescriptorProto_Label.REPEATED
        : FieldDescriptorProto_Label.OPTIONAL,
      type,
      ...(typeName !== undefined && { typeName }),
      extendee: `.buf.validate.${of}Rules`,
      options,
    };
  }),
});

/** A predefined rule, and what it may be set to. */
export interface PredefinedRule {
  readonly extension: DescExtension;
  readonly values: readonly [unknown, ...unknown[]];
}

const file = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: [
      file_google_protobuf_descriptor.proto,
      file_google_protobuf_duration.proto,
      file_google_protobuf_timestamp.proto,
      file_google_protobuf_field_mask.proto,
      file_buf_validate_validate.proto,
      predefinedFile,
    ],
  }),
).getFile(name);

/** The rules, in the order of the file. */
export const predefinedRules: readonly PredefinedRule[] = specs.flatMap(({ values }, i) => {
  const extension = file?.extensions[i];
  return extension === undefined ? [] : [{ extension, values }];
});
