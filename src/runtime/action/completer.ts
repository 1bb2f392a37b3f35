import type { AnyAction } from "./contract.ts";
import { rememberSecrets } from "./known-secrets.ts";
import { checkResponse } from "./validate-message.ts";

/**
 * Completes what handlers, and middleware in their place, answer with: fields
 * that are left out get their defaults. What it has just completed it lets pass.
 */
export class Completer {
  readonly #action: AnyAction;
  readonly #validate: boolean;
  #last: unknown;

  constructor(action: AnyAction, validateResponses: boolean) {
    this.#action = action;
    this.#validate = validateResponses;
  }

  complete(answer: unknown): unknown {
    if (answer === this.#last && answer !== undefined) {
      return answer;
    }
    const { name, output } = this.#action;
    if (typeof answer !== "object" || answer === null) {
      throw new TypeError(
        `the handler of ${name} answered with ${answer === null ? "null" : typeof answer}; it has to be an object with the fields of ${output.typeName}`,
      );
    }
    const message: unknown = output.init(answer);
    rememberSecrets(output, message);
    if (this.#validate) {
      checkResponse(this.#action, message);
    }
    this.#last = message;
    return message;
  }
}
