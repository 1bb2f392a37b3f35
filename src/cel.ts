// botwire/cel: what validators with rules in CEL import. Compiled rules call these, people don't.

export {
  at,
  entry,
  hasEntry,
  hasField,
  index,
  mapValue,
  property,
  select,
} from "./runtime/validate/cel/access.ts";
export {
  boxEntries,
  boxJson,
  boxListValue,
  boxMap,
  boxObject,
  boxValue,
  mergeMaps,
  pairsOf,
} from "./runtime/validate/cel/box-map.ts";
export {
  type FieldReader,
  type MessageBox,
  messageBox,
} from "./runtime/validate/cel/box-message.ts";
export {
  type Boxed,
  boxAny,
  boxDuration,
  boxTimestamp,
  boxType,
  boxUint,
  typeOf,
} from "./runtime/validate/cel/boxed.ts";
export { compareBytes, concatBytes } from "./runtime/validate/cel/bytes.ts";
export {
  dayOfMonth,
  dayOfMonthFromZero,
  dayOfWeek,
  dayOfYear,
  fullYear,
  hours,
  milliseconds,
  minutes,
  month,
  seconds,
} from "./runtime/validate/cel/calendar.ts";
export { CelError } from "./runtime/validate/cel/cel-error.ts";
export {
  boolOfText,
  bytesOfText,
  doubleOfText,
  notNull,
  textOfBytes,
} from "./runtime/validate/cel/convert.ts";
export {
  hoursOfDuration,
  millisecondsOfDuration,
  minutesOfDuration,
  secondsOfDuration,
} from "./runtime/validate/cel/duration-part.ts";
export { call } from "./runtime/validate/cel/dynamic.ts";
export { equal, isIn } from "./runtime/validate/cel/equal.ts";
export { format } from "./runtime/validate/cel/format.ts";
export {
  addInt,
  addUint,
  checkInt,
  checkInt32,
  checkUint,
  checkUint32,
  divideInt,
  divideNumber,
  divideUint,
  intOfDouble,
  intOfText,
  moduloInt,
  moduloNumber,
  moduloUint,
  multiplyInt,
  multiplyUint,
  negateInt,
  subtractInt,
  subtractUint,
  uintOfDouble,
  uintOfText,
} from "./runtime/validate/cel/int.ts";
export { asJson, jsonOf, listMessageOf, valueMessageOf } from "./runtime/validate/cel/json.ts";
export { all, and, exists, existsOne, or } from "./runtime/validate/cel/logic.ts";
export {
  abs,
  greatest,
  isInf,
  least,
  round,
  shiftLeftInt,
  shiftLeftUint,
  shiftRightInt,
  shiftRightUint,
  sign,
  sqrt,
} from "./runtime/validate/cel/math.ts";
export {
  charAt,
  compareText,
  indexOf,
  lastIndexOf,
  lowerAscii,
  quote,
  replace,
  reverse,
  split,
  substring,
  trim,
  upperAscii,
} from "./runtime/validate/cel/text.ts";
export {
  addDurations,
  addToTimestamp,
  durationOf,
  durationOfSeconds,
  durationOfText,
  secondsOf,
  subtractDurations,
  subtractFromTimestamp,
  subtractTimestamps,
  textOfDuration,
  textOfTimestamp,
  timestampOf,
  timestampOfSeconds,
  timestampOfText,
  zeroTime,
} from "./runtime/validate/cel/time.ts";
export {
  asBool,
  asBytes,
  asDouble,
  asDuration,
  asInt,
  asList,
  asMap,
  asOutcome,
  asRange,
  asText,
  asTimestamp,
  asUint,
  keysOf,
} from "./runtime/validate/cel/unbox.ts";
export { countCodePoints } from "./runtime/validate/length.ts";
