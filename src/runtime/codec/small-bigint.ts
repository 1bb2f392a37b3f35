const view = new DataView(new ArrayBuffer(8));

// `BigInt` would leave compiled code; compilers know the way through memory.

/** An integer of up to 53 bits as bigint. */
export function toBigInt(value: number): bigint {
  view.setUint32(0, value, true);
  view.setInt32(4, Math.floor(value / 2 ** 32), true);
  return view.getBigInt64(0, true);
}

/** `high * factor + low` as bigint. The result must have up to 64 bits, `factor` and `low` up to 30. */
export function sumToBigInt(high: number, factor: number, low: number): bigint {
  // All steps are exact, as no product has more than 53 bits.
  const top = Math.floor(high / 2 ** 16);
  const middle = top * factor;
  const middleTop = Math.floor(middle / 2 ** 16);
  const rest = (middle - middleTop * 2 ** 16) * 2 ** 16 + (high - top * 2 ** 16) * factor + low;
  view.setUint32(0, rest, true);
  view.setUint32(4, middleTop + Math.floor(rest / 2 ** 32), true);
  return view.getBigUint64(0, true);
}
