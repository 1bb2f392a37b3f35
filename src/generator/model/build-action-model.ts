import type { DescFile, DescMethod, DescService, Registry } from "@bufbuild/protobuf";
import type { Action, ActionModel, ServiceModel } from "./action-model.ts";
import { actionNamePattern, defaultActionName } from "./action-name.ts";
import {
  type MethodActionOptions,
  methodActionOptions,
  type ServiceActionOptions,
  serviceActionOptions,
} from "./action-options.ts";
import { checkMessages } from "./check-messages.ts";
import { commentOf, isDeprecated } from "./comments.ts";
import { type Diagnostics, placeOf, quote } from "./diagnostics.ts";

/**
 * Finds the actions of the given files: every unary and server-streaming rpc
 * that isn't excluded. Everything that is wrong with them is reported.
 *
 * `registry` has all types of the request, and the extensions among them.
 */
export function buildActionModel(
  files: readonly DescFile[],
  registry: Registry,
  diagnostics: Diagnostics,
): ActionModel {
  const owners: NameOwners = new Map();
  const services = files.flatMap((file) =>
    file.services.map((service) => buildService(service, registry, owners, diagnostics)),
  );
  return { services: services.filter((service) => service.actions.length > 0) };
}

/** Where each action name was first used. */
type NameOwners = Map<string, { readonly rpc: string; readonly place: string }>;

function buildService(
  service: DescService,
  registry: Registry,
  owners: NameOwners,
  diagnostics: Diagnostics,
): ServiceModel {
  const defaults = serviceActionOptions(service, registry, diagnostics);
  const actions: Action[] = [];
  for (const method of service.methods) {
    const options = methodActionOptions(method, registry, diagnostics);
    if (defaults.exclude || options.exclude) {
      continue;
    }
    const { methodKind } = method;
    if (methodKind !== "unary" && methodKind !== "server_streaming") {
      if (options.present) {
        diagnostics.report(
          method,
          `an rpc with a stream of requests can't be an action: remove option (bot.action.v1.action), or the first "stream"`,
          options.path(),
        );
      }
      continue;
    }
    const action: Action = {
      desc: method,
      kind: methodKind,
      name: options.name ?? defaults.namePrefix + defaultActionName(method.name),
      rpc: method.name,
      localName: method.localName,
      description: commentOf(method),
      deprecated: isDeprecated(method),
      deadlineMs: options.deadlineMs ?? defaults.deadlineMs,
      idempotency: options.idempotency,
      asynchronous: options.asynchronous,
      input: method.input,
      output: method.output,
    };
    checkName(action, options, defaults, owners, diagnostics);
    checkMessages(method, options.asynchronous, diagnostics);
    actions.push(action);
  }
  checkLocalNames(actions, diagnostics);
  return {
    desc: service,
    file: service.file,
    typeName: service.typeName,
    description: commentOf(service),
    deprecated: isDeprecated(service),
    actions,
  };
}

function checkName(
  { desc, name }: Action,
  options: MethodActionOptions,
  defaults: ServiceActionOptions,
  owners: NameOwners,
  diagnostics: Diagnostics,
): void {
  const path = options.name === undefined ? undefined : options.path("name");
  if (!actionNamePattern.test(name)) {
    const mend =
      options.name !== undefined
        ? "choose another"
        : defaults.namePrefix !== ""
          ? "set (bot.action.v1.action).name, or another name_prefix"
          : "set (bot.action.v1.action).name";
    diagnostics.report(
      desc,
      `no platform accepts the action name ${quote(name)}: it must start with a lower-case letter, followed by at most 29 lower-case letters, digits and "_"; ${mend}`,
      path,
    );
  }
  const owner = owners.get(name);
  if (owner === undefined) {
    owners.set(name, { rpc: rpcName(desc), place: placeOf(desc, path) });
  } else {
    diagnostics.report(
      desc,
      `action name ${quote(name)} is taken by ${owner.rpc} at ${owner.place}: set (bot.action.v1.action).name on one of them, or name_prefix on its service`,
      path,
    );
  }
}

/** Two rpcs of a service may differ in the case of their first letter only. */
function checkLocalNames(actions: readonly Action[], diagnostics: Diagnostics): void {
  const owners = new Map<string, Action>();
  for (const action of actions) {
    const owner = owners.get(action.localName);
    if (owner === undefined) {
      owners.set(action.localName, action);
    } else {
      diagnostics.report(
        action.desc,
        `rpc ${action.rpc} and ${owner.rpc} both become the method "${action.localName}": rename one of them`,
      );
    }
  }
}

function rpcName(method: DescMethod): string {
  return `${method.parent.typeName}.${method.name}`;
}
