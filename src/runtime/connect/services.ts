import type { AnyService } from "../action/contract.ts";
import type { Implementation } from "../action/implement.ts";
import type { AnyConnectService } from "./contract.ts";

/**
 * The contracts of a server's services. Throws an error that names
 * every contract that does not know Connect.
 */
export function connectServices(
  implementations: readonly Implementation[],
  asker: string,
): AnyConnectService[] {
  const contracts = [...new Set(implementations.map(({ contract }) => contract))];
  const services = contracts.filter(isConnectService);
  const plain = contracts.filter((contract) => !isConnectService(contract));
  if (plain.length > 0) {
    throw new Error(
      `${asker}: ${plain.map(({ typeName }) => typeName).join(", ")} cannot be served over Connect: import the contract from the generated file that ends in .connect.ts, and give that one to implement()`,
    );
  }
  return services;
}

function isConnectService(contract: AnyService): contract is AnyConnectService {
  return "connect" in contract;
}
