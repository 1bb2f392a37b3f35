import type { FunctionPrinter } from "./function-kit.ts";
import { conversionFunctions } from "./functions-conversion.ts";
import { mathFunctions } from "./functions-math.ts";
import { operatorFunctions } from "./functions-operator.ts";
import { textFunctions } from "./functions-text.ts";
import { timeFunctions } from "./functions-time.ts";

/** How each overload is printed. */
export const functions: ReadonlyMap<string, FunctionPrinter> = new Map([
  ...Object.entries(operatorFunctions),
  ...Object.entries(conversionFunctions),
  ...Object.entries(textFunctions),
  ...Object.entries(timeFunctions),
  ...Object.entries(mathFunctions),
]);
