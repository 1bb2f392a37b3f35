import { RuleError } from "../rule-error.ts";
import { validate } from "../validate.ts";
import type { Validator } from "../validator.ts";
import { propertyPath } from "./property-path.ts";
import { type ShapeCheck, ShapeCollector } from "./shape-collector.ts";

/**
 * Version 1 of Standard Schema, the interface through which form, router and
 * API libraries take schemas: https://standardschema.dev.
 */
export interface StandardSchema<Input, Output> {
  readonly "~standard": StandardProps<Input, Output>;
}

/** The members of `~standard`. */
export interface StandardProps<Input, Output> {
  readonly version: 1;
  readonly vendor: "botwire";
  readonly validate: (value: unknown) => StandardResult<Output>;
  /** Never set: it lets libraries infer the types. */
  readonly types?: { readonly input: Input; readonly output: Output } | undefined;
}

/** A message, or what keeps a value from being one. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  /** Where in the value, by the names of properties; not there for the value itself. */
  readonly path?: readonly (string | number)[];
}

/** What a schema is made of that takes values of unknown origin. */
export interface Checkable<Input, Output> {
  readonly check: ShapeCheck;
  readonly validate: Validator<Output>;
  init(value: Input): Output;
}

/**
 * A schema for values of unknown origin: objects in the form of the message, of
 * which members may be missing. A complete message is returned as it is; others
 * are completed with defaults. Unknown members are ignored.
 */
export function standardProps<Input, Output>(
  schema: Checkable<Input, Output>,
): StandardProps<Input, Output> {
  return {
    version: 1,
    vendor: "botwire",
    validate(value) {
      const shape = new ShapeCollector();
      schema.check(value, shape);
      if (isMessage<Output>(value, shape)) {
        return checkRules(schema, value);
      }
      if (isInit<Input>(value, shape)) {
        return checkRules(schema, schema.init(value));
      }
      return { issues: shape.issues.map(({ message, path }) => issue(message, path)) };
    },
  };
}

function isMessage<Output>(_value: unknown, shape: ShapeCollector): _value is Output {
  return shape.count === 0 && !shape.incomplete;
}

function isInit<Input>(_value: unknown, shape: ShapeCollector): _value is Input {
  return shape.count === 0;
}

function checkRules<Output>(
  schema: Pick<Checkable<never, Output>, "validate">,
  message: Output,
): StandardResult<Output> {
  try {
    const violations = validate(schema, message);
    return violations.length === 0
      ? { value: message }
      : {
          issues: violations.map((violation) =>
            issue(violation.message, propertyPath(message, violation.field)),
          ),
        };
  } catch (error) {
    if (error instanceof RuleError) {
      return { issues: [{ message: error.message }] };
    }
    throw error;
  }
}

function issue(message: string, path: readonly (string | number)[]): StandardIssue {
  return path.length === 0 ? { message } : { message, path };
}
