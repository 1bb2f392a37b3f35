import type { DescService } from "@bufbuild/protobuf";
import {
  clone,
  create,
  createFileRegistry,
  fromBinary,
  type MessageInitShape,
  toBinary,
} from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import type { ConnectRouter } from "@connectrpc/connect";
import { isBidiStreaming } from "../method-kind.ts";
import { createDescriptorSet, type DescriptorSet, serializeWithImports } from "./descriptor-set.ts";
import {
  file_grpc_reflection_v1_reflection,
  ServerReflection,
  type ServerReflectionRequest,
  ServerReflectionRequestSchema,
  type ServerReflectionResponse,
  ServerReflectionResponseSchema,
} from "./gen/grpc/reflection/v1/reflection_pb.ts";

/** Code of gRPC for "not found"; the protocol of reflection carries the number. */
const NOT_FOUND = 5;

/** Code of gRPC for "invalid argument". */
const INVALID_ARGUMENT = 3;

/**
 * Serves server reflection for the given services, and for itself, as
 * `grpc.reflection.v1` and under its older name `grpc.reflection.v1alpha`,
 * which much software still asks first.
 *
 * See https://github.com/grpc/grpc/blob/master/doc/server-reflection.md.
 */
export function serveReflection(router: ConnectRouter, services: Iterable<DescService>): void {
  const alpha = serverReflectionAlpha();
  const set = createDescriptorSet(new Set([...services, ServerReflection, alpha.service]));
  router.service(ServerReflection, {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) {
        yield answer(set, request);
      }
    },
  });
  router.rpc(alpha.method, async function* (requests) {
    for await (const request of requests) {
      const known = fromBinary(
        ServerReflectionRequestSchema,
        toBinary(alpha.method.input, request),
      );
      const response = toBinary(ServerReflectionResponseSchema, answer(set, known));
      yield fromBinary(alpha.method.output, response);
    }
  });
}

function answer(set: DescriptorSet, request: ServerReflectionRequest): ServerReflectionResponse {
  return create(ServerReflectionResponseSchema, {
    validHost: request.host,
    originalRequest: request,
    messageResponse: find(set, request.messageRequest),
  });
}

type Query = ServerReflectionRequest["messageRequest"];
type Answer = NonNullable<
  MessageInitShape<typeof ServerReflectionResponseSchema>["messageResponse"]
>;

function find(set: DescriptorSet, query: Query): Answer {
  switch (query.case) {
    case "listServices":
      return {
        case: "listServicesResponse",
        value: { service: set.serviceNames.map((name) => ({ name })) },
      };
    case "fileByFilename":
      return fileAnswer(set.fileByName(query.value), `file ${JSON.stringify(query.value)}`);
    case "fileContainingSymbol":
      return fileAnswer(set.fileBySymbol(query.value), `symbol ${JSON.stringify(query.value)}`);
    case "fileContainingExtension": {
      const { containingType, extensionNumber } = query.value;
      return fileAnswer(
        set.fileByExtension(containingType, extensionNumber),
        `extension ${extensionNumber} of ${JSON.stringify(containingType)}`,
      );
    }
    case "allExtensionNumbersOfType": {
      const numbers = set.extensionNumbers(query.value);
      return numbers === undefined
        ? failure(NOT_FOUND, `message ${JSON.stringify(query.value)} is not known here`)
        : {
            case: "allExtensionNumbersResponse",
            value: { baseTypeName: query.value, extensionNumber: [...numbers] },
          };
    }
    case undefined:
      return failure(INVALID_ARGUMENT, "the request asks for nothing: set one of message_request");
  }
}

function fileAnswer(
  file: Parameters<typeof serializeWithImports>[0] | undefined,
  what: string,
): Answer {
  return file === undefined
    ? failure(NOT_FOUND, `${what} is not known here`)
    : {
        case: "fileDescriptorResponse",
        value: { fileDescriptorProto: serializeWithImports(file) },
      };
}

function failure(errorCode: number, errorMessage: string): Answer {
  return { case: "errorResponse", value: { errorCode, errorMessage } };
}

/**
 * The same service under the package name `grpc.reflection.v1alpha`. Both have
 * one wire form, so that messages cross from one to the other as bytes.
 */
function serverReflectionAlpha() {
  const proto = clone(FileDescriptorProtoSchema, file_grpc_reflection_v1_reflection.proto);
  const renamed = (name: string) => name.replace("reflection.v1", "reflection.v1alpha");
  proto.name = proto.name.replace("/v1/", "/v1alpha/");
  proto.package = renamed(proto.package);
  for (const field of proto.messageType.flatMap((message) => message.field)) {
    field.typeName = renamed(field.typeName);
  }
  for (const method of proto.service.flatMap((service) => service.method)) {
    method.inputType = renamed(method.inputType);
    method.outputType = renamed(method.outputType);
  }
  const service = createFileRegistry(proto, () => undefined).getService(
    "grpc.reflection.v1alpha.ServerReflection",
  );
  const method = service?.method["serverReflectionInfo"];
  if (service === undefined || method === undefined || !isBidiStreaming(method)) {
    throw new Error("grpc.reflection.v1alpha.ServerReflection could not be derived");
  }
  return { service, method };
}
