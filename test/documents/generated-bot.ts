import {
  type ActionContract,
  type Implementation,
  implement,
  type ServerStreaming,
  type ServiceContract,
  type StreamHandler,
  type Unary,
  type UnaryHandler,
} from "botwire";
import { compileProto, type ProtoFiles } from "../generator/compile-proto.ts";
import { runPlugin } from "../generator/run-plugin.ts";
import { writeMessageTypes } from "../validate/support/message-types.ts";
import type { ModuleFolder } from "../validate/support/module-folder.ts";

type Shape = Unary<object, object> | ServerStreaming<object, object>;
type Contract = ServiceContract<Record<string, Shape>>;

/**
 * A bot whose actions give back what they are given, those that stream give it
 * back twice; and what they were given last.
 */
export interface EchoBot {
  readonly bot: Implementation;
  readonly actions: readonly ActionContract<object, object, Shape["kind"]>[];
  last(): object;
}

/** Generates the code for a service of a .proto file, and implements it. */
export async function echoBot(
  folder: ModuleFolder,
  files: ProtoFiles,
  file: string,
  service: string,
): Promise<EchoBot> {
  const { file: protos } = compileProto(files);
  const own = [...Object.keys(files), ...protos.map(({ name }) => name)].filter(
    (name) => !/^(buf|bot)\/|descriptor/.test(name),
  );
  writeMessageTypes(folder, "ts-proto", protos, [...new Set(own)]);
  for (const [name, content] of Object.entries(runPlugin(files))) {
    folder.write(`actions/${name}`, content);
  }
  const module = await folder.load(`actions/${file}`);
  const contract = module[service];
  if (!isContract(contract)) {
    throw new Error(`there is no contract ${service}`);
  }
  let last: object = {};
  const echo = (request: object) => {
    last = request;
    return request;
  };
  const echoTwice = function* (request: object) {
    yield echo(request);
    yield request;
  };
  const handlers: Record<string, UnaryHandler<object, object> | StreamHandler<object, object>> = {};
  for (const [name, { kind }] of Object.entries(contract.actions)) {
    handlers[name] = kind === "server_streaming" ? echoTwice : echo;
  }
  return {
    bot: implement(contract, handlers),
    actions: Object.values(contract.actions),
    last: () => last,
  };
}

function isContract(value: unknown): value is Contract {
  return typeof value === "object" && value !== null && "actions" in value;
}
