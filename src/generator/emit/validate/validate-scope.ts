import type { DescMessage } from "@bufbuild/protobuf";
import type { EmitContext } from "../emit-context.ts";
import { qualifiedName } from "../qualified-name.ts";
import type { ValidatorModule } from "./validator-module.ts";

/**
 * What the parts of a validator are printed with.
 *
 * Local names in generated code (`message`, `violations`, `i`, `item`, `key`,
 * `name`, `number`, `result`, `self`, `set`,
 * `size`, `start`, `text`) can't be those of the functions
 * that it calls, and types don't get in their way.
 */
export interface ValidateScope extends Pick<EmitContext, "model" | "paths"> {
  readonly module: ValidatorModule;
}

/** The function that validates a message, wherever that is. */
export function validatorOf(scope: Pick<EmitContext, "paths">, message: DescMessage) {
  return {
    kind: "import",
    name: validatorName(message),
    from: `${scope.paths.actions(message.file)}.validate.js`,
  } as const;
}

/** The name of the function that validates a message. */
export function validatorName(message: DescMessage): string {
  return `validate${qualifiedName(message)}`;
}
