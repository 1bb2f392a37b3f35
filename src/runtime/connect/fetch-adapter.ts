import {
  type UniversalHandlerFn,
  universalServerRequestFromFetch,
  universalServerResponseToFetch,
} from "@connectrpc/connect/protocol";

/** gRPC itself, and not gRPC-Web. */
const grpc = /^application\/grpc(\+|;|$)/i;

/** Answers a request of the fetch API. */
export async function serveFetch(handler: UniversalHandlerFn, request: Request): Promise<Response> {
  if (grpc.test(request.headers.get("content-type") ?? "")) {
    return new Response(
      "gRPC needs HTTP trailers, which this server cannot send: use Connect or gRPC-Web\n",
      { status: 415 },
    );
  }
  return universalServerResponseToFetch(
    await handler(universalServerRequestFromFetch(request, {})),
  );
}
