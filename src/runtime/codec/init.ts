/**
 * An initializer for a message: every field may be left out, at every depth,
 * and the marks of protobuf-es (`$typeName`, `$unknown`) are not asked for.
 */
export type Init<T> = 0 extends 1 & T
  ? T
  : T extends Primitive | Uint8Array
    ? T
    : T extends ReadonlyMap<infer K, infer V>
      ? ReadonlyMap<K, Init<V>>
      : T extends readonly (infer U)[]
        ? readonly Init<U>[]
        : T extends { $case: infer C; value: infer V }
          ? { $case: C; value: Init<V> }
          : T extends { case: infer C extends string; value: infer V }
            ? { case: C; value: Init<V> }
            : T extends { case: undefined }
              ? { case?: undefined; value?: undefined }
              : {
                  [K in keyof T as K extends "$typeName" | "$unknown" ? never : K]?:
                    | Init<T[K]>
                    | undefined;
                };

type Primitive = string | number | boolean | bigint | null | undefined;
