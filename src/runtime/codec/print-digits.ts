const zero = 48;
const minus = 45;
const point = 46;

/** More than this takes more than 32 bits. */
const maxInt32 = 0x7fffffff;

const billion = 1e9;

/** Prints an integer of up to 53 bits, and returns where it ends. */
export function printInteger(bytes: Uint8Array, start: number, value: number): number {
  if (value < 0) {
    bytes[start] = minus;
    return printDigits(bytes, start + 1, -value);
  }
  return printDigits(bytes, start, value);
}

/** Prints an integer of 64 bits, `high * 2 ** 32 + low`, and returns where it ends. */
export function printLong(bytes: Uint8Array, start: number, high: number, low: number): number {
  if (high < 0) {
    bytes[start] = minus;
    const borrow = low > 0 ? 1 : 0;
    return printLong(bytes, start + 1, -high - borrow, borrow * 2 ** 32 - low);
  }
  if (high === 0) {
    return printDigits(bytes, start, low);
  }
  // A double may have rounded it to one billion too many or too few.
  let billions = Math.floor((high * 2 ** 32 + low) / billion);
  let rest = (low - Math.imul(billions, billion)) | 0;
  if (rest < 0) {
    billions--;
    rest += billion;
  } else if (rest >= billion) {
    billions++;
    rest -= billion;
  }
  const end = printDigits(bytes, start, billions) + 9;
  printPadded(bytes, end - 9, end, rest);
  return end;
}

/** Prints thousandths of up to 53 bits as a number with as many decimals as it takes. */
export function printThousandths(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  if (value < 0) {
    bytes[at++] = minus;
  }
  const rest = Math.abs(value);
  const whole = rest <= maxInt32 ? ((rest | 0) / 1000) | 0 : Math.floor(rest / 1000);
  at = printDigits(bytes, at, whole);
  const fraction = (rest - whole * 1000) | 0;
  if (fraction > 0) {
    const hundredths = (fraction / 10) | 0;
    const tenths = (fraction / 100) | 0;
    bytes[at++] = point;
    bytes[at++] = zero + tenths;
    if (fraction > tenths * 100) {
      bytes[at++] = zero + hundredths - tenths * 10;
      if (fraction > hundredths * 10) {
        bytes[at++] = zero + fraction - hundredths * 10;
      }
    }
  }
  return at;
}

function printDigits(bytes: Uint8Array, start: number, value: number): number {
  if (value > maxInt32) {
    const high = Math.floor(value / billion);
    const end = printDigits(bytes, start, high) + 9;
    printPadded(bytes, end - 9, end, value - high * billion);
    return end;
  }
  const end = start + digitsOf(value | 0);
  printPadded(bytes, start, end, value);
  return end;
}

/** Prints the last digits of a number of 32 bits, as many as there is room for. */
export function printPadded(bytes: Uint8Array, start: number, end: number, value: number): void {
  let rest = value | 0;
  for (let at = end - 1; at >= start; at--) {
    // Of integers that are known to have 32 bits, compilers make a multiplication of this.
    const tenth = (rest / 10) | 0;
    bytes[at] = zero + (rest - tenth * 10);
    rest = tenth;
  }
}

/** How many digits an integer of 31 bits has. */
function digitsOf(value: number): number {
  if (value < 1e5) {
    return value < 1e2 ? (value < 1e1 ? 1 : 2) : value < 1e3 ? 3 : value < 1e4 ? 4 : 5;
  }
  return value < 1e7 ? (value < 1e6 ? 6 : 7) : value < 1e8 ? 8 : value < 1e9 ? 9 : 10;
}
