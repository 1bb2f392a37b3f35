/** What Coze can't carry, but other platforms can. */
export const freeForm = {
  "free/v1/free.proto": `syntax = "proto3";
package free.v1;
import "buf/validate/validate.proto";
import "google/protobuf/any.proto";
import "google/protobuf/struct.proto";

service FreeService {
  rpc Send(SendRequest) returns (SendResponse);
  rpc Plant(Tree) returns (Tree);
}
message SendRequest {
  map<string, int64> counts = 1 [(buf.validate.field).map = {
    max_pairs: 3
    keys: {string: {min_len: 2}}
    values: {int64: {gte: 0}}
  }];
  map<int32, Tree> trees = 2;
  map<bool, string> flags = 3;
  google.protobuf.Struct free = 4;
  google.protobuf.Value any_json = 5;
  google.protobuf.ListValue json_list = 6;
  google.protobuf.Any any = 7;
  google.protobuf.NullValue nothing = 8;
  repeated google.protobuf.Struct objects = 9;
}
message SendResponse { SendRequest request = 1; Marker marker = 2; }
message Marker {}
message Tree {
  string name = 1 [(buf.validate.field).required = true];
  repeated Tree children = 2;
  optional Tree parent = 3;
}
`,
};
