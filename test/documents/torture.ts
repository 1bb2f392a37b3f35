/** Everything that Coze can carry, in one message that is taken and given back. */
export const torture = {
  "torture/v1/torture.proto": `syntax = "proto3";
package torture.v1;
import "bot/action/v1/options.proto";
import "buf/validate/validate.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/empty.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";

// Takes everything and gives it back.
service TortureService {
  // Give back what came.
  //
  // A second paragraph: "quoted", with | pipes and <b>tags</b>.
  rpc Echo(Everything) returns (Everything);
  // Nothing goes in, nothing comes out.
  rpc Nothing(google.protobuf.Empty) returns (google.protobuf.Empty);
  rpc Uncommented(Empty) returns (Empty) { option deprecated = true; }
}

message Empty {}

message Everything {
  double double_value = 1;
  float float_value = 2;
  int32 int32_value = 3;
  sint32 sint32_value = 4;
  sfixed32 sfixed32_value = 5;
  uint32 uint32_value = 6;
  fixed32 fixed32_value = 7;
  int64 int64_value = 8;
  sint64 sint64_value = 9;
  sfixed64 sfixed64_value = 10;
  uint64 uint64_value = 11 [(buf.validate.field).uint64.lte = 18446744073709551615];
  fixed64 fixed64_value = 12;
  bool bool_value = 13;
  string string_value = 14 [(buf.validate.field).string = {max_len: 100, example: "今天", example: "b"}];
  bytes bytes_value = 15;
  Color color = 16;
  optional string optional_string = 17;
  optional int32 optional_number = 18;
  Leaf leaf = 19;
  repeated string strings = 20 [(buf.validate.field).repeated = {max_items: 9, unique: true}];
  repeated int64 longs = 21;
  repeated double doubles = 22;
  repeated bool bools = 23;
  repeated Color colors = 24;
  repeated Leaf leaves = 25;
  repeated bytes blobs = 26;
  oneof choice {
    option (buf.validate.oneof).required = true;
    string choice_text = 27;
    Leaf choice_leaf = 28;
    int64 choice_number = 29;
  }
  google.protobuf.Timestamp at = 30;
  google.protobuf.Duration lasts = 31;
  google.protobuf.FieldMask mask = 32;
  google.protobuf.StringValue wrapped_text = 33;
  google.protobuf.Int64Value wrapped_long = 34;
  google.protobuf.BoolValue wrapped_bool = 35;
  repeated google.protobuf.Timestamp times = 36;
  string constructor = 37;
  string __proto__ = 38;
  string toString = 39;
  Branch branch = 40;
  string pattern = 41 [(buf.validate.field).string.pattern = "^(\\\\p{Greek}|[^\\\\S\\\\n]|.)*\\\\z"];
  string UPPER_Mixed = 42 [deprecated = true];
}

// A color, or "none".
enum Color {
  // No color at all.
  COLOR_UNSPECIFIED = 0;
  COLOR_RED = 1;
  // Not | red.
  COLOR_BLUE = 2;
}

// A leaf with a required name.
message Leaf {
  string name = 1 [(buf.validate.field).string.min_len = 1];
  uint64 size = 2;
  Twig twig = 3;
}

message Twig {
  string text = 1 [(buf.validate.field).required = true];
  repeated Deep deep = 2;
}

message Deep { int32 number = 1; }

message Branch {
  Leaf left = 1;
  Leaf right = 2;
  string note = 3;
}
`,
};
