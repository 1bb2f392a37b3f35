// The JSON input tables of Protobuf's conformance suite, written anew from the
// specification, https://protobuf.dev/programming-guides/json. The message is
// protobuf_test_messages.proto3.TestAllTypesProto3.

/** One input. */
export interface JsonCase {
  readonly name: string;
  readonly input: string;
  /** The JSON that is written after reading; undefined if the input must be refused. */
  readonly output?: string;
}

const accept = (name: string, input: string, output = input): JsonCase => ({ name, input, output });
const refuse = (name: string, input: string): JsonCase => ({ name, input });

const fieldNames: readonly JsonCase[] = [
  accept("lowerCamelCase", '{"fieldname1":1,"fieldName2":2,"FieldName3":3}'),
  accept(
    "original names",
    '{"fieldname1":1,"field_name2":2,"_field_name3":3}',
    '{"fieldname1":1,"fieldName2":2,"FieldName3":3}',
  ),
  accept("digits", '{"field0name5":5,"field0Name6":6}', '{"field0name5":5,"field0Name6":6}'),
  accept(
    "original names with digits",
    '{"field0name5":5,"field_0_name6":6}',
    '{"field0name5":5,"field0Name6":6}',
  ),
  accept(
    "mixed case",
    '{"fieldName7":7,"FieldName8":8,"fieldName9":9,"FieldName10":10,"FIELDNAME11":11,"FIELDName12":12}',
  ),
  accept(
    "original names in mixed case",
    '{"fieldName7":7,"FieldName8":8,"field_Name9":9,"Field_Name10":10,"FIELD_NAME11":11,"FIELD_name12":12}',
    '{"fieldName7":7,"FieldName8":8,"fieldName9":9,"FieldName10":10,"FIELDNAME11":11,"FIELDName12":12}',
  ),
  accept(
    "double underscores",
    '{"FieldName13":13,"FieldName14":14,"fieldName15":15,"fieldName16":16,"fieldName17":17,"FieldName18":18}',
  ),
  accept(
    "original names with double underscores",
    '{"__field_name13":13,"__Field_name14":14,"field__name15":15,"field__Name16":16,"field_name17__":17,"Field_name18__":18}',
    '{"FieldName13":13,"FieldName14":14,"fieldName15":15,"fieldName16":16,"fieldName17":17,"FieldName18":18}',
  ),
  accept("escaped name", '{"fieldn\\u0061me1":1}', '{"fieldname1":1}'),
  refuse("unknown name", '{"unknown":1}'),
  refuse("name of the type", '{"TestAllTypesProto3":{}}'),
  refuse("unquoted name", "{fieldname1:1}"),
  refuse("single quotes", "{'fieldname1':1}"),
  refuse("no quotes at all", '{"fieldname1":abc}'),
  refuse("comma at the end", '{"fieldname1":1,}'),
  refuse("comma at the end, with space", '{"fieldname1":1 ,}'),
  refuse("colon missing", '{"fieldname1" 1}'),
  refuse("comment", '{"fieldname1":1/* one */}'),
  refuse("duplicate name", '{"fieldname1":1,"fieldname1":1}'),
  refuse("duplicate name, both spellings", '{"fieldName2":1,"field_name2":2}'),
  refuse("duplicate name, escaped", '{"fieldname1":1,"fieldn\\u0061me1":1}'),
  refuse("duplicate name of a null", '{"fieldName2":null,"field_name2":2}'),
];

const messages: readonly JsonCase[] = [
  accept("no field", "{}"),
  accept("white space", ' \t\r\n{ "optionalInt32" :\n1 } ', '{"optionalInt32":1}'),
  refuse("nothing", ""),
  refuse("null", "null"),
  refuse("list", "[]"),
  refuse("text", '"{}"'),
  refuse("number", "1"),
  refuse("two messages", "{}{}"),
  refuse("rest after the message", "{} x"),
  refuse("message is not closed", '{"optionalInt32":1'),
  accept("nested", '{"optionalNestedMessage":{"a":1}}'),
  accept("nested, empty", '{"optionalNestedMessage":{}}'),
  accept("nested null", '{"optionalNestedMessage":null}', "{}"),
  refuse("nested text", '{"optionalNestedMessage":""}'),
  refuse("nested list", '{"optionalNestedMessage":[]}'),
];

const int32: readonly JsonCase[] = [
  accept("maximum", '{"optionalInt32":2147483647}'),
  accept("minimum", '{"optionalInt32":-2147483648}'),
  accept("maximum as text", '{"optionalInt32":"2147483647"}', '{"optionalInt32":2147483647}'),
  accept("minimum as text", '{"optionalInt32":"-2147483648"}', '{"optionalInt32":-2147483648}'),
  accept("exponent", '{"optionalInt32":1e5}', '{"optionalInt32":100000}'),
  accept("exponent as text", '{"optionalInt32":"1e5"}', '{"optionalInt32":100000}'),
  accept("fraction of zero", '{"optionalInt32":100000.000}', '{"optionalInt32":100000}'),
  accept(
    "maximum with exponent",
    '{"optionalInt32":2.147483647e9}',
    '{"optionalInt32":2147483647}',
  ),
  accept("minus zero", '{"optionalInt32":-0}', "{}"),
  accept("zero", '{"optionalInt32":0}', "{}"),
  accept("null", '{"optionalInt32":null}', "{}"),
  refuse("too large", '{"optionalInt32":2147483648}'),
  refuse("too small", '{"optionalInt32":-2147483649}'),
  refuse("too large as text", '{"optionalInt32":"2147483648"}'),
  refuse("fraction", '{"optionalInt32":0.5}'),
  refuse("fraction as text", '{"optionalInt32":"0.5"}'),
  refuse("text", '{"optionalInt32":"3x3"}'),
  refuse("empty text", '{"optionalInt32":""}'),
  refuse("space before", '{"optionalInt32":" 1"}'),
  refuse("space after", '{"optionalInt32":"1 "}'),
  refuse("plus sign", '{"optionalInt32":+1}'),
  refuse("leading zero", '{"optionalInt32":01}'),
  refuse("leading zero after the sign", '{"optionalInt32":-01}'),
  refuse("space after the sign", '{"optionalInt32":- 1}'),
  refuse("boolean", '{"optionalInt32":true}'),
  refuse("list", '{"optionalInt32":[1]}'),
  refuse("message", '{"optionalInt32":{}}'),
];

const uint32: readonly JsonCase[] = [
  accept("maximum", '{"optionalUint32":4294967295}'),
  accept(
    "maximum with exponent",
    '{"optionalUint32":4.294967295e9}',
    '{"optionalUint32":4294967295}',
  ),
  accept("as text", '{"optionalUint32":"4294967295"}', '{"optionalUint32":4294967295}'),
  refuse("too large", '{"optionalUint32":4294967296}'),
  refuse("negative", '{"optionalUint32":-1}'),
  refuse("fraction", '{"optionalUint32":0.5}'),
  refuse("text", '{"optionalUint32":"3x3"}'),
];

const int64: readonly JsonCase[] = [
  accept("maximum", '{"optionalInt64":"9223372036854775807"}'),
  accept("minimum", '{"optionalInt64":"-9223372036854775808"}'),
  accept("number", '{"optionalInt64":123}', '{"optionalInt64":"123"}'),
  accept("number with exponent", '{"optionalInt64":1e5}', '{"optionalInt64":"100000"}'),
  refuse("too large", '{"optionalInt64":"9223372036854775808"}'),
  refuse("too small", '{"optionalInt64":"-9223372036854775809"}'),
  refuse("too large as number", '{"optionalInt64":9223372036854775808}'),
  refuse("fraction", '{"optionalInt64":0.5}'),
  refuse("fraction as text", '{"optionalInt64":"0.5"}'),
  refuse("text", '{"optionalInt64":"3x3"}'),
  refuse("empty text", '{"optionalInt64":""}'),
  accept("uint64 maximum", '{"optionalUint64":"18446744073709551615"}'),
  refuse("uint64 too large", '{"optionalUint64":"18446744073709551616"}'),
  refuse("uint64 negative", '{"optionalUint64":"-1"}'),
  refuse("uint64 fraction", '{"optionalUint64":0.5}'),
];

const booleans: readonly JsonCase[] = [
  accept("true", '{"optionalBool":true}'),
  accept("false", '{"optionalBool":false}', "{}"),
  refuse("text", '{"optionalBool":"true"}'),
  refuse("number", '{"optionalBool":1}'),
  refuse("upper case", '{"optionalBool":True}'),
];

const floats: readonly JsonCase[] = [
  accept("float minimum", '{"optionalFloat":1.175494e-38}'),
  accept("float maximum", '{"optionalFloat":3.402823e+38}'),
  accept("float minus zero", '{"optionalFloat":-0}', '{"optionalFloat":0}'),
  accept("float NaN", '{"optionalFloat":"NaN"}'),
  accept("float infinity", '{"optionalFloat":"Infinity"}'),
  accept("float negative infinity", '{"optionalFloat":"-Infinity"}'),
  accept("float as text", '{"optionalFloat":"1.5"}', '{"optionalFloat":1.5}'),
  refuse("float too large", '{"optionalFloat":3.502823e+38}'),
  refuse("float too small", '{"optionalFloat":-3.502823e+38}'),
  refuse("float unquoted NaN", '{"optionalFloat":NaN}'),
  refuse("float unquoted infinity", '{"optionalFloat":Infinity}'),
  accept("double minimum", '{"optionalDouble":2.22507e-308}'),
  accept("double maximum", '{"optionalDouble":1.79769e+308}'),
  accept("double as text", '{"optionalDouble":"1"}', '{"optionalDouble":1}'),
  accept("double NaN", '{"optionalDouble":"NaN"}'),
  accept("double infinity", '{"optionalDouble":"Infinity"}'),
  accept("double negative infinity", '{"optionalDouble":"-Infinity"}'),
  refuse("double too large", '{"optionalDouble":1.89769e+308}'),
  refuse("double too large as text", '{"optionalDouble":"1.89769e+308"}'),
  refuse("double too small", '{"optionalDouble":-1.89769e+308}'),
  refuse("double text", '{"optionalDouble":"3x3"}'),
  refuse("double empty text", '{"optionalDouble":""}'),
  refuse("double space", '{"optionalDouble":" 1"}'),
  refuse("double number in a list", '{"optionalDouble":[1]}'),
  refuse("double boolean", '{"optionalDouble":true}'),
  refuse("fraction without digits", '{"optionalDouble":1.}'),
  refuse("exponent without digits", '{"optionalDouble":1e}'),
];

const enums: readonly JsonCase[] = [
  accept("name", '{"optionalNestedEnum":"BAR"}'),
  accept("first alias", '{"optionalAliasedEnum":"ALIAS_BAZ"}'),
  accept("other alias", '{"optionalAliasedEnum":"MOO"}', '{"optionalAliasedEnum":"ALIAS_BAZ"}'),
  accept(
    "lower-case alias",
    '{"optionalAliasedEnum":"moo"}',
    '{"optionalAliasedEnum":"ALIAS_BAZ"}',
  ),
  accept("number", '{"optionalNestedEnum":1}', '{"optionalNestedEnum":"BAR"}'),
  accept("number of zero", '{"optionalNestedEnum":0}', "{}"),
  accept("number without a name", '{"optionalNestedEnum":123}'),
  accept("negative number", '{"optionalNestedEnum":-1}', '{"optionalNestedEnum":"NEG"}'),
  accept("null", '{"optionalNestedEnum":null}', "{}"),
  refuse("unknown name", '{"optionalNestedEnum":"UNKNOWN"}'),
  refuse("name in another case", '{"optionalNestedEnum":"bar"}'),
  refuse("number as text", '{"optionalNestedEnum":"1"}'),
  refuse("fraction", '{"optionalNestedEnum":1.5}'),
  refuse("too large", '{"optionalNestedEnum":2147483648}'),
  refuse("boolean", '{"optionalNestedEnum":true}'),
];

const strings: readonly JsonCase[] = [
  accept("ASCII", '{"optionalString":"Hello world!"}'),
  accept(
    "escapes",
    '{"optionalString":"\\"\\\\\\/\\b\\f\\n\\r\\t"}',
    '{"optionalString":"\\"\\\\/\\b\\f\\n\\r\\t"}',
  ),
  accept("Unicode", '{"optionalString":"谷歌"}'),
  accept("Unicode escapes", '{"optionalString":"\\u8C37\\u6b4C"}', '{"optionalString":"谷歌"}'),
  accept("surrogate pair", '{"optionalString":"\\uD83D\\uDE01"}', '{"optionalString":"😁"}'),
  accept("embedded null", '{"optionalString":"Hello\\u0000world!"}'),
  refuse("unpaired high surrogate", '{"optionalString":"\\uD800"}'),
  refuse("unpaired low surrogate", '{"optionalString":"\\uDC00"}'),
  refuse("surrogates in the wrong order", '{"optionalString":"\\uDE01\\uD83D"}'),
  refuse("upper-case escape", '{"optionalString":"\\U8C37"}'),
  refuse("invalid escape", '{"optionalString":"\\uXXXX"}'),
  refuse("not closed", '{"optionalString":"'),
  refuse("control character", '{"optionalString":"\n"}'),
  refuse("number", '{"optionalString":12345}'),
  refuse("boolean", '{"optionalString":true}'),
];

const bytes: readonly JsonCase[] = [
  accept("base64", '{"optionalBytes":"AQI="}'),
  accept("base64url", '{"optionalBytes":"-_"}', '{"optionalBytes":"+w=="}'),
  accept("without padding", '{"optionalBytes":"AQI"}', '{"optionalBytes":"AQI="}'),
  accept("empty", '{"optionalBytes":""}', "{}"),
  refuse("other characters", '{"optionalBytes":"!@#$"}'),
  refuse("number", '{"optionalBytes":1}'),
];

const oneofs: readonly JsonCase[] = [
  accept("zero of a scalar", '{"oneofUint32":0}'),
  accept("zero of a message", '{"oneofNestedMessage":{}}'),
  accept("zero of text", '{"oneofString":""}'),
  accept("zero of bytes", '{"oneofBytes":""}'),
  accept("zero of a boolean", '{"oneofBool":false}'),
  accept("zero of an enum", '{"oneofEnum":"FOO"}'),
  accept("zero of a double", '{"oneofDouble":0}'),
  accept("null value", '{"oneofNullValue":null}'),
  accept("null before", '{"oneofUint32":null,"oneofString":"test"}', '{"oneofString":"test"}'),
  accept("null after", '{"oneofString":"test","oneofUint32":null}', '{"oneofString":"test"}'),
  refuse("two members", '{"oneofUint32":1,"oneofString":"test"}'),
  refuse("two members of their defaults", '{"oneofUint32":0,"oneofString":""}'),
];

const lists: readonly JsonCase[] = [
  accept("numbers", '{"repeatedInt32":[1,2,3]}'),
  accept("enums", '{"repeatedNestedEnum":["FOO","BAR"]}'),
  accept("text", '{"repeatedString":["Hello","world"]}'),
  accept("bytes", '{"repeatedBytes":["AQI="]}'),
  accept("messages", '{"repeatedNestedMessage":[{"a":1},{"a":2}]}'),
  accept("empty", '{"repeatedInt32":[]}', "{}"),
  accept("null", '{"repeatedInt32":null}', "{}"),
  refuse("null in numbers", '{"repeatedInt32":[1,null,3]}'),
  refuse("null in text", '{"repeatedString":["1",null,"3"]}'),
  refuse("null in enums", '{"repeatedNestedEnum":["FOO",null]}'),
  refuse("null in messages", '{"repeatedNestedMessage":[{"a":1},null]}'),
  refuse("wrong type: booleans", '{"repeatedInt32":[1,false,3]}'),
  refuse("wrong type: messages", '{"repeatedInt32":[1,{"a":4},3]}'),
  refuse("wrong type: text in messages", '{"repeatedNestedMessage":[{"a":1},"x"]}'),
  refuse("no list", '{"repeatedInt32":12345}'),
  refuse("message for a list", '{"repeatedInt32":{"0":1}}'),
  refuse("comma at the end", '{"repeatedInt32":[1,2,]}'),
];

const maps: readonly JsonCase[] = [
  accept("int32 keys", '{"mapInt32Int32":{"1":2,"3":4}}'),
  accept("uint32 keys", '{"mapUint32Uint32":{"1":2,"3":4}}'),
  accept("int64 keys", '{"mapInt64Int64":{"1":"2","3":"4"}}'),
  accept("uint64 keys", '{"mapUint64Uint64":{"1":"2"}}'),
  accept("boolean keys", '{"mapBoolBool":{"true":true,"false":false}}'),
  accept("text keys", '{"mapStringString":{"a":"b","":"c"}}'),
  accept("messages", '{"mapStringNestedMessage":{"hello":{"a":1234},"world":{"a":5678}}}'),
  accept("escaped key", '{"mapInt32Int32":{"\\u0031":2}}', '{"mapInt32Int32":{"1":2}}'),
  accept(
    "escaped boolean key",
    '{"mapBoolBool":{"tr\\u0075e":true}}',
    '{"mapBoolBool":{"true":true}}',
  ),
  accept("null", '{"mapInt32Int32":null}', "{}"),
  refuse("unquoted int32 key", '{"mapInt32Int32":{1:2}}'),
  refuse("unquoted boolean key", '{"mapBoolBool":{true:true}}'),
  refuse("key that is no number", '{"mapInt32Int32":{"a":1}}'),
  refuse("key out of range", '{"mapInt32Int32":{"2147483648":1}}'),
  refuse("key that is no boolean", '{"mapBoolBool":{"1":true}}'),
  refuse("null as value", '{"mapInt32Int32":{"1":null}}'),
  refuse("null as message", '{"mapStringNestedMessage":{"a":null}}'),
  refuse("key twice in two spellings", '{"mapInt32Int32":{"1":1,"01":2}}'),
  refuse("list", '{"mapInt32Int32":[]}'),
];

const wrappers: readonly JsonCase[] = [
  accept(
    "zeros",
    '{"optionalBoolWrapper":false,"optionalInt32Wrapper":0,"optionalStringWrapper":""}',
  ),
  accept("int64", '{"optionalInt64Wrapper":"0","optionalUint64Wrapper":"1"}'),
  accept("floats", '{"optionalFloatWrapper":0,"optionalDoubleWrapper":"NaN"}'),
  accept("bytes", '{"optionalBytesWrapper":""}'),
  accept("lists", '{"repeatedBoolWrapper":[true,false],"repeatedStringWrapper":["","AQI="]}'),
  accept("null", '{"optionalBoolWrapper":null,"optionalStringWrapper":null}', "{}"),
  refuse("message", '{"optionalInt32Wrapper":{"value":1}}'),
  refuse("wrong type", '{"optionalInt32Wrapper":true}'),
];

const times: readonly JsonCase[] = [
  accept("duration minimum", '{"optionalDuration":"-315576000000.999999999s"}'),
  accept("duration maximum", '{"optionalDuration":"315576000000.999999999s"}'),
  accept("duration of zero", '{"optionalDuration":"0s"}'),
  accept("duration of 3 digits", '{"optionalDuration":"1.5s"}', '{"optionalDuration":"1.500s"}'),
  accept(
    "duration of 6 digits",
    '{"optionalDuration":"1.0001s"}',
    '{"optionalDuration":"1.000100s"}',
  ),
  accept("duration of 9 digits", '{"optionalDuration":"-0.000000001s"}'),
  accept("durations", '{"repeatedDuration":["1.500s","-1.500s"]}'),
  refuse("duration without s", '{"optionalDuration":"1"}'),
  refuse("duration too small", '{"optionalDuration":"-315576000001.000000000s"}'),
  refuse("duration too large", '{"optionalDuration":"315576000001.000000000s"}'),
  refuse("duration of 10 digits", '{"optionalDuration":"1.0000000001s"}'),
  refuse("duration with text after it", '{"optionalDuration":"1sx"}'),
  refuse("duration number", '{"optionalDuration":1}'),
  accept("timestamp minimum", '{"optionalTimestamp":"0001-01-01T00:00:00Z"}'),
  accept("timestamp maximum", '{"optionalTimestamp":"9999-12-31T23:59:59.999999999Z"}'),
  accept(
    "timestamp of 3 digits",
    '{"optionalTimestamp":"1970-01-01T00:00:00.1Z"}',
    '{"optionalTimestamp":"1970-01-01T00:00:00.100Z"}',
  ),
  accept("timestamp of 6 digits", '{"optionalTimestamp":"1970-01-01T00:00:00.000010Z"}'),
  accept("timestamp of 9 digits", '{"optionalTimestamp":"1970-01-01T00:00:00.000000001Z"}'),
  accept("timestamp before 1970", '{"optionalTimestamp":"1969-12-31T23:59:59.999999999Z"}'),
  accept(
    "timestamp with positive offset",
    '{"optionalTimestamp":"1970-01-01T08:00:01+08:00"}',
    '{"optionalTimestamp":"1970-01-01T00:00:01Z"}',
  ),
  accept(
    "timestamp with negative offset",
    '{"optionalTimestamp":"1969-12-31T16:00:01-08:00"}',
    '{"optionalTimestamp":"1970-01-01T00:00:01Z"}',
  ),
  accept(
    "timestamps",
    '{"repeatedTimestamp":["0001-01-01T00:00:00Z","9999-12-31T23:59:59.999999999Z"]}',
  ),
  refuse("timestamp too small", '{"optionalTimestamp":"0000-01-01T00:00:00Z"}'),
  refuse("timestamp too large", '{"optionalTimestamp":"10000-01-01T00:00:00Z"}'),
  refuse("timestamp without Z", '{"optionalTimestamp":"0001-01-01T00:00:00"}'),
  refuse("timestamp without T", '{"optionalTimestamp":"0001-01-01 00:00:00Z"}'),
  refuse("timestamp with lower-case z", '{"optionalTimestamp":"0001-01-01T00:00:00z"}'),
  refuse("timestamp with lower-case t", '{"optionalTimestamp":"0001-01-01t00:00:00Z"}'),
  refuse("timestamp of 10 digits", '{"optionalTimestamp":"1970-01-01T00:00:00.0000000001Z"}'),
  refuse(
    "timestamp out of range by its offset",
    '{"optionalTimestamp":"0001-01-01T00:00:00+01:00"}',
  ),
  refuse("timestamp number", '{"optionalTimestamp":0}'),
];

const others: readonly JsonCase[] = [
  accept("field mask", '{"optionalFieldMask":"foo,barBaz"}'),
  accept("field mask, empty", '{"optionalFieldMask":""}'),
  refuse("field mask with underscore", '{"optionalFieldMask":"foo,bar_bar"}'),
  refuse("field mask list", '{"optionalFieldMask":["foo"]}'),
  accept(
    "struct",
    '{"optionalStruct":{"nullValue":null,"intValue":1234,"boolValue":true,"doubleValue":1234.5678,"stringValue":"Hello world!","listValue":[1234,"5678"],"objectValue":{"value":0}}}',
  ),
  accept("struct, empty", '{"optionalStruct":{}}'),
  accept("struct with an empty list", '{"optionalStruct":{"listValue":[]}}'),
  refuse("struct list", '{"optionalStruct":[]}'),
  accept("value: number", '{"optionalValue":1}'),
  accept("value: text", '{"optionalValue":"hello"}'),
  accept("value: null", '{"optionalValue":null}'),
  accept("value: list", '{"optionalValue":[0,"hello",null,{"a":[]}]}'),
  accept("value: object", '{"optionalValue":{"value":1}}'),
  accept("values with null", '{"repeatedValue":["x",{},null,[]]}'),
  accept("list value", '{"repeatedListValue":[["a"],[]]}'),
  accept("null value", '{"optionalNullValue":null}', "{}"),
  accept("null value by name", '{"optionalNullValue":"NULL_VALUE"}', "{}"),
  accept(
    "any",
    '{"optionalAny":{"@type":"type.googleapis.com/protobuf_test_messages.proto3.TestAllTypesProto3","optionalInt32":12345}}',
  ),
  accept(
    "any, type last",
    '{"optionalAny":{"optionalInt32":12345,"@type":"type.googleapis.com/protobuf_test_messages.proto3.TestAllTypesProto3"}}',
    '{"optionalAny":{"@type":"type.googleapis.com/protobuf_test_messages.proto3.TestAllTypesProto3","optionalInt32":12345}}',
  ),
  accept(
    "any of any",
    '{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Any","value":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}}}',
    '{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Any","value":{"value":"1s","@type":"type.googleapis.com/google.protobuf.Duration"}}}',
  ),
  accept(
    "any of duration",
    '{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1.500s"}}',
  ),
  accept(
    "any of timestamp",
    '{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Timestamp","value":"1970-01-01T00:00:00Z"}}',
  ),
  accept(
    "any of field mask",
    '{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.FieldMask","value":"foo,barBaz"}}',
  ),
  accept(
    "any of struct",
    '{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Struct","value":{"foo":1}}}',
  ),
  accept(
    "any of wrapper",
    '{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Int32Value","value":12345}}',
  ),
  accept(
    "any of value",
    '{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Value","value":{"foo":1}}}',
  ),
  accept("any, empty", '{"optionalAny":{}}'),
  refuse("any of an unknown type", '{"optionalAny":{"@type":"type.googleapis.com/unknown.Type"}}'),
  refuse("any without type", '{"optionalAny":{"optionalInt32":12345}}'),
  refuse(
    "any with a wrong field",
    '{"optionalAny":{"@type":"type.googleapis.com/protobuf_test_messages.proto3.TestAllTypesProto3","optionalInt32":"x"}}',
  ),
];

/** All cases by what they are about. */
export const proto3Cases: Readonly<Record<string, readonly JsonCase[]>> = {
  "field names": fieldNames,
  messages,
  int32,
  uint32,
  int64,
  booleans,
  floats,
  enums,
  strings,
  bytes,
  oneofs,
  lists,
  maps,
  wrappers,
  times,
  others,
};
