import { expect, test } from "vitest";
import { runPlugin } from "../generator/run-plugin.ts";

const proto = `
syntax = "proto3";
package shop.v1;
import "google/protobuf/timestamp.proto";

enum Size {
  SIZE_UNSPECIFIED = 0;
  SIZE_SMALL = 1;
}
message Order {
  string order_id = 1;
  optional int32 count = 2;
  Size size = 3;
  repeated Item items = 4;
  map<string, string> labels = 5;
  google.protobuf.Timestamp placed_at = 6;
  oneof payment {
    string card = 7;
    bool cash = 8;
  }
  message Item {}
}
`;

test("prints codecs for ts-proto", async () => {
  const files = runPlugin({ "shop/v1/order.proto": proto });
  await expect(files["shop/v1/order.codec.ts"]).toMatchFileSnapshot(
    "golden/order.codec.ts-proto.txt",
  );
});

test("prints tables for ts-proto", async () => {
  const files = runPlugin({ "shop/v1/order.proto": proto }, "optimize_for=code_size");
  await expect(files["shop/v1/order.codec.ts"]).toMatchFileSnapshot(
    "golden/order.codec.code_size.txt",
  );
  await expect(files["shop/v1/order.ts"]).toMatchFileSnapshot("golden/order.code_size.txt");
});

test("prints codecs for protobuf-es", async () => {
  const files = runPlugin({ "shop/v1/order.proto": proto }, "model=protobuf-es");
  await expect(files["shop/v1/order.codec.ts"]).toMatchFileSnapshot(
    "golden/order.codec.protobuf-es.txt",
  );
});

test("prints codecs for proto2", async () => {
  const source = `
    syntax = "proto2";
    package shop.v1;
    message Order {
      required string order_id = 1;
      optional int32 count = 2 [default = 1];
      optional Size size = 3;
    }
    enum Size { SIZE_SMALL = 1; }
  `;
  const files = runPlugin({ "shop/v1/order.proto": source }, "model=protobuf-es");
  await expect(files["shop/v1/order.codec.ts"]).toMatchFileSnapshot(
    "golden/order.codec.proto2.txt",
  );
});

test("prints the same again", () => {
  const first = runPlugin({ "shop/v1/order.proto": proto });
  expect(runPlugin({ "shop/v1/order.proto": proto })).toEqual(first);
});

test("keeps hostile names inside of strings", () => {
  const source = `
    syntax = "proto3";
    message Trap {
      string a = 1 [json_name = "\\"+alert(1)+\\"\\\\"];
      string b = 2 [json_name = "\\u2028'\`\${1}*/"];
    }
  `;
  const code = runPlugin({ "trap.proto": source })["trap.codec.ts"];
  expect(code).toContain('["a", "\\"+alert(1)+\\"\\\\"],');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay what it is
  expect(code).toContain('["b", "\\u2028\'`${1}*/"],');
});
