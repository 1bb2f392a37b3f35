// botwire/validate: validating messages, and what generated validators import.

export {
  endsWithBytes,
  equalBytes,
  includesBytes,
  isOneOfBytes,
  startsWithBytes,
  textOf,
} from "./runtime/validate/bytes.ts";
export { equalPaths, hasNoPaths, hasOnlyPaths } from "./runtime/validate/field-mask.ts";
export { isEmail } from "./runtime/validate/formats/email.ts";
export { isAddress, isHostAndPort, isHostname } from "./runtime/validate/formats/host.ts";
export {
  isHttpHeaderName,
  isHttpHeaderValue,
  isLooseHttpHeaderName,
  isLooseHttpHeaderValue,
} from "./runtime/validate/formats/http-header.ts";
export {
  isProtobufDotName,
  isProtobufName,
  isTrimmedUuid,
  isUlid,
} from "./runtime/validate/formats/identifiers.ts";
export { isIp, isIpPrefix } from "./runtime/validate/formats/ip.ts";
export { isUri, isUriRef } from "./runtime/validate/formats/uri.ts";
export { isUuid } from "./runtime/validate/formats/uuid.ts";
export {
  hasBytes,
  hasLength,
  hasMaxBytes,
  hasMaxLength,
  hasMinBytes,
  hasMinLength,
} from "./runtime/validate/length.ts";
export { countEntries } from "./runtime/validate/map-size.ts";
export { automaton, type Matcher } from "./runtime/validate/regex/automaton.ts";
export { RuleError } from "./runtime/validate/rule-error.ts";
export {
  isEach,
  isListOf,
  isObject,
  isRecord,
  isRecordOf,
  listOf,
  mapOf,
  oneofOf,
  recordOf,
} from "./runtime/validate/shape/collection-shapes.ts";
export {
  checkBool,
  checkBytes,
  checkInt32,
  checkInt64,
  checkLongText,
  checkNumber,
  checkString,
  checkUint32,
  checkUint64,
  isInt32,
  isUint32,
} from "./runtime/validate/shape/scalar-shapes.ts";
export {
  type ShapeCheck,
  ShapeCollector,
  type ShapeIssue,
} from "./runtime/validate/shape/shape-collector.ts";
export {
  type Checkable,
  type StandardIssue,
  type StandardProps,
  type StandardResult,
  type StandardSchema,
  standardProps,
} from "./runtime/validate/shape/standard-schema.ts";
export {
  checkAny,
  checkEmpty,
  checkFieldMask,
  checkJson,
  checkJsonList,
  checkJsonObject,
  checkListValueMessage,
  checkPaths,
  checkTime,
  checkValueMessage,
  recordWith,
  typed,
} from "./runtime/validate/shape/well-known-shapes.ts";
export { compareTime, isOneOfTimes, isWithin } from "./runtime/validate/time.ts";
export { isUnique, isUniqueBytes, isUniqueNumbers } from "./runtime/validate/unique.ts";
export {
  assertValid,
  isValid,
  type Validated,
  type ValidateOptions,
  validate,
} from "./runtime/validate/validate.ts";
export { ValidationError } from "./runtime/validate/validation-error.ts";
export { noRules, type Validator } from "./runtime/validate/validator.ts";
export type { FieldPathElement, Subscript, Violation } from "./runtime/validate/violation.ts";
export {
  type Moment,
  nowOf,
  ViolationCollector,
} from "./runtime/validate/violation-collector.ts";
export { violationPath } from "./runtime/validate/violation-path.ts";
