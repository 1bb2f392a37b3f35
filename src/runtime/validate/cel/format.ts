import { type Boxed, isKind, isList, typeNameOf } from "./boxed.ts";
import { fail } from "./cel-error.ts";
import { bytesOfText } from "./convert.ts";
import { compareText } from "./text.ts";
import { textOfDuration, textOfTimestamp } from "./time.ts";

/** How many digits a precision may ask for, so that a rule can't ask for gigabytes. */
const maxPrecision = 100;

/** The strings extension's `format`: `%s %d %f %e %b %o %x %X`, with precisions such as `%.2f`. */
export function format(text: string, args: readonly Boxed[]): string {
  let next = 0;
  const out = text.replace(/%(?:%|(?:\.(\d*))?([\s\S]?))/g, (clause, precision, verb) => {
    if (clause === "%%") {
      return "%";
    }
    const arg = args[next];
    next++;
    return arg === undefined
      ? fail("format has too few arguments")
      : formatClause(String(verb), arg, precision === undefined ? undefined : Number(precision));
  });
  return next < args.length ? fail("format has too many arguments") : out;
}

function formatClause(verb: string, value: Boxed, precision: number | undefined): string {
  if (precision !== undefined && precision > maxPrecision) {
    fail(`format has a precision above ${maxPrecision}`);
  }
  switch (verb) {
    case "s":
      return formatAny(value);
    case "d":
      return formatDecimal(value);
    case "f":
      return formatFixed(value, precision ?? 6);
    case "e":
      return formatExponent(value, precision ?? 6);
    case "b":
      return typeof value === "boolean" ? (value ? "1" : "0") : integer(value, verb).toString(2);
    case "o":
      return integer(value, verb).toString(8);
    case "x":
      return formatHex(value);
    case "X":
      return formatHex(value).toUpperCase();
    default:
      return fail(`format has an unknown clause "%${verb}"`);
  }
}

function formatAny(value: Boxed): string {
  switch (typeof value) {
    case "string":
      return value;
    case "bigint":
    case "boolean":
    case "number":
      return String(value);
  }
  if (value === null) {
    return "null";
  }
  if (value instanceof Uint8Array) {
    return new TextDecoder().decode(value);
  }
  if (isList(value)) {
    return `[${value.map(formatAny).join(", ")}]`;
  }
  switch (value.kind) {
    case "uint":
      return String(value.value);
    case "timestamp":
      return textOfTimestamp(value);
    case "duration":
      return textOfDuration(value);
    case "type":
      return value.name;
    case "map":
      return `{${Array.from(
        value.entries.values(),
        ([key, inner]) => [formatAny(key), formatAny(inner)] as const,
      )
        .sort(([a], [b]) => compareText(a, b))
        .map(([key, inner]) => `${key}: ${inner}`)
        .join(", ")}}`;
    default:
      return unfit("s", value);
  }
}

function formatDecimal(value: Boxed): string {
  if (typeof value === "number") {
    return Number.isInteger(value) ? unfit("d", value) : formatSpecial(value, "d");
  }
  return String(integer(value, "d"));
}

function formatSpecial(value: number, verb: string): string {
  return Number.isFinite(value) ? unfit(verb, value) : String(value);
}

function formatFixed(value: Boxed, precision: number): string {
  const number = double(value, "f");
  if (!Number.isFinite(number)) {
    return String(number);
  }
  return new Intl.NumberFormat("en-US", {
    minimumFractionDigits: precision,
    maximumFractionDigits: precision,
    roundingMode: "halfEven",
    useGrouping: false,
  }).format(number);
}

function formatExponent(value: Boxed, precision: number): string {
  const number = double(value, "e");
  return Number.isFinite(number)
    ? number.toExponential(precision).replace(/([+-])(\d)$/, "$10$2")
    : String(number);
}

function formatHex(value: Boxed): string {
  const bytes = typeof value === "string" ? bytesOfText(value) : value;
  return bytes instanceof Uint8Array
    ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
    : integer(value, "x").toString(16);
}

function integer(value: Boxed, verb: string): bigint {
  if (typeof value === "bigint") {
    return value;
  }
  return isKind(value, "uint") ? value.value : unfit(verb, value);
}

function double(value: Boxed, verb: string): number {
  if (typeof value === "bigint") {
    return Number(value);
  }
  if (isKind(value, "uint")) {
    return Number(value.value);
  }
  return typeof value === "number" ? value : unfit(verb, value);
}

function unfit(verb: string, value: Boxed): never {
  return fail(`format can't show a value of type ${typeNameOf(value)} with "%${verb}"`);
}
