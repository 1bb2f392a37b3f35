import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { createValidateInterceptor } from "@connectrpc/validate";
import { validateInterceptor } from "botwire/connect";
import { describe, expect, it } from "vitest";
import { AlmanacService } from "../../generated/actions/almanac/v1/almanac.connect.ts";
import { AlmanacService as AlmanacDesc } from "../../generated/es/almanac/v1/almanac_pb.ts";

/** A client of a server that has one interceptor, and answers everything with defaults. */
function clientBehind(interceptor: ReturnType<typeof createValidateInterceptor>) {
  const transport = createRouterTransport(
    ({ service }) =>
      service(AlmanacDesc, {
        getSunTimes: () => ({}),
        async *countdown() {
          yield {};
        },
      }),
    { router: { interceptors: [interceptor] } },
  );
  return createClient(AlmanacDesc, transport);
}

type Client = ReturnType<typeof clientBehind>;

const ours = clientBehind(validateInterceptor(AlmanacService));
const theirs = clientBehind(createValidateInterceptor());

async function collect(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const messages: unknown[] = [];
  for await (const message of stream) {
    messages.push(message);
  }
  return messages;
}

/** What a client gets: the answer, or all of the error. */
async function outcome(call: (client: Client) => Promise<unknown>, client: Client) {
  try {
    await call(client);
    return "ok";
  } catch (reason) {
    const { code, rawMessage, details } = ConnectError.from(reason);
    return { code: Code[code], rawMessage, details };
  }
}

describe("validateInterceptor", () => {
  it.each<[string, (client: Client) => Promise<unknown>, boolean]>([
    [
      "a valid request",
      (client) => client.getSunTimes({ place: { latitude: 1 }, date: "2026-01-02" }),
      true,
    ],
    ["one violation", (client) => client.getSunTimes({ place: {}, date: "x" }), false],
    ["several violations", (client) => client.getSunTimes({ place: { latitude: 91 } }), false],
    ["a valid stream", (client) => collect(client.countdown({ from: 2 })), true],
    ["a wrong stream", (client) => collect(client.countdown({ from: 0 })), false],
  ])("answers %s as @connectrpc/validate does", async (_, call, valid) => {
    const wanted = await outcome(call, theirs);
    expect(await outcome(call, ours)).toEqual(wanted);
    expect(wanted === "ok").toBe(valid);
  });

  it("lets pass what it has no contract for", async () => {
    const client = clientBehind(validateInterceptor());
    await expect(client.getSunTimes({})).resolves.toBeDefined();
  });
});
