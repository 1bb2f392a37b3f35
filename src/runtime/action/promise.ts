/** Something to be awaited. */
export function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  // Looking for the property before it is read would take longer than all the rest.
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Partial<PromiseLike<T>>).then === "function"
  );
}

/**
 * Goes on with a value: at once if it is there, else as soon as it is. What `next`
 * throws is thrown at once, or rejects the promise.
 */
export function after<T, U>(
  value: T | PromiseLike<T>,
  next: (value: T) => U | PromiseLike<U>,
): U | PromiseLike<U> {
  return isPromiseLike(value) ? value.then(next) : next(value);
}

/**
 * Marks a promise as looked after, so that its rejection is never reported as
 * unhandled: whoever awaits it still gets the rejection.
 */
export function looked<T>(promise: Promise<T>): Promise<T> {
  promise.catch(ignore);
  return promise;
}

function ignore(): void {}
