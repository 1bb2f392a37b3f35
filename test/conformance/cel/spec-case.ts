import { getTestRegistry } from "@bufbuild/cel-spec/testdata/registry.js";
import {
  getConformanceSuite,
  type IncrementalTest,
  type IncrementalTestSuite,
} from "@bufbuild/cel-spec/testdata/tests.js";
import { createRegistry, type Registry } from "@bufbuild/protobuf";
import {
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";

/** One test of CEL's conformance suite. */
export interface SpecCase {
  /** For example `comparisons/eq_literal/eq_int`. */
  readonly name: string;
  /** The first part of the name. */
  readonly section: string;
  readonly test: IncrementalTest;
}

/** All tests of the suite, in its order. */
export function specCases(): SpecCase[] {
  return casesOf(getConformanceSuite(), []);
}

function casesOf(suite: IncrementalTestSuite, path: readonly string[]): SpecCase[] {
  const own = suite.tests.map((test) => ({
    name: [...path, test.name].join("/"),
    section: path[0] ?? "",
    test,
  }));
  return [...own, ...suite.suites.flatMap((inner) => casesOf(inner, [...path, inner.name]))];
}

/** The messages that the tests are about, and the well-known types. */
export const specRegistry: Registry = createRegistry(
  getTestRegistry(),
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
);
