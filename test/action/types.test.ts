import {
  type ActionContext,
  type AnyService,
  createContextKey,
  type Handlers,
  type Init,
  implement,
  type MethodShapes,
  type ServerStreaming,
  type ServiceContract,
  type Unary,
} from "botwire";
import { describe, expectTypeOf, it } from "vitest";
import type {
  CountdownRequest,
  CountdownResponse,
  GetLocalTimeRequest,
  GetLocalTimeResponse,
} from "../../generated/types/almanac/v1/almanac.ts";

type Methods = {
  getLocalTime: Unary<GetLocalTimeRequest, GetLocalTimeResponse>;
  countdown: ServerStreaming<CountdownRequest, CountdownResponse>;
};

declare const plain: ServiceContract<Methods>;
/** What a Connect sibling is: the plain contract and more. */
declare const connected: ServiceContract<Methods> & AnyService & { readonly connect: string };

/** Checked by the compiler, never run. */
function typechecked(use: () => unknown): void {
  expectTypeOf(use).toBeFunction();
}

describe("implement", () => {
  it("types handlers from the contract", () => {
    typechecked(() =>
      implement(plain, {
        getLocalTime(request, context) {
          expectTypeOf(request).toEqualTypeOf<GetLocalTimeRequest>();
          expectTypeOf(context).toEqualTypeOf<ActionContext>();
          return { time: request.timeZone };
        },
        async *countdown(request, context) {
          expectTypeOf(request).toEqualTypeOf<CountdownRequest>();
          expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>();
          yield { remaining: request.from };
        },
      }),
    );
  });

  it("types them from a contract with more to it, too", () => {
    typechecked(() =>
      implement(connected, {
        getLocalTime: async (request) => {
          expectTypeOf(request).toEqualTypeOf<GetLocalTimeRequest>();
          return {};
        },
        countdown: function* (request) {
          expectTypeOf(request).toEqualTypeOf<CountdownRequest>();
          yield {};
        },
      }),
    );
  });

  it("types what the context has beside the usual", () => {
    typechecked(() =>
      implement(
        plain,
        {
          getLocalTime(_, context) {
            expectTypeOf(context.store).toEqualTypeOf<Map<string, number>>();
            expectTypeOf(context).toExtend<ActionContext>();
            expectTypeOf(context).not.toHaveProperty("tenants");
            return {};
          },
          *countdown(_, { tenant }) {
            expectTypeOf(tenant).toEqualTypeOf<string>();
            yield {};
          },
        },
        { store: () => new Map<string, number>(), tenant: ({ botId }: ActionContext) => botId },
      ),
    );
  });

  it("accepts initializers and thenables, in every form of a stream", () => {
    type H = Handlers<Methods>;
    expectTypeOf<() => Init<GetLocalTimeResponse>>().toExtend<H["getLocalTime"]>();
    expectTypeOf<() => PromiseLike<GetLocalTimeResponse>>().toExtend<H["getLocalTime"]>();
    expectTypeOf<() => { utcOffset: { seconds: bigint } }>().toExtend<H["getLocalTime"]>();
    expectTypeOf<() => CountdownResponse[]>().toExtend<H["countdown"]>();
    expectTypeOf<() => AsyncGenerator<{ remaining: number }>>().toExtend<H["countdown"]>();
    expectTypeOf<() => Promise<Iterable<Init<CountdownResponse>>>>().toExtend<H["countdown"]>();
  });

  it("refuses wrong, missing, mistyped and misplaced handlers", () => {
    type H = Handlers<Methods>;
    expectTypeOf<() => { time: number }>().not.toExtend<H["getLocalTime"]>();
    expectTypeOf<() => void>().not.toExtend<H["getLocalTime"]>();
    expectTypeOf<() => Promise<void>>().not.toExtend<H["getLocalTime"]>();
    expectTypeOf<() => CountdownResponse>().not.toExtend<H["countdown"]>();
    expectTypeOf<(request: CountdownRequest) => object>().not.toExtend<H["getLocalTime"]>();
    typechecked(() =>
      // @ts-expect-error countdown is missing
      implement(plain, { getLocalTime: () => ({}) }),
    );
    typechecked(() =>
      implement(plain, {
        getLocalTime: () => ({}),
        *countdown() {},
        // @ts-expect-error no method of the service
        getTime: () => ({}),
      }),
    );
  });
});

describe("contracts", () => {
  it("fit where any service does", () => {
    expectTypeOf<typeof plain>().toExtend<AnyService>();
    expectTypeOf<typeof connected>().toExtend<AnyService>();
    expectTypeOf<Methods>().toExtend<MethodShapes>();
  });
});

describe("context keys", () => {
  it("carry the type of their value", () => {
    const key = createContextKey<readonly string[]>([]);
    typechecked(() => (context: ActionContext) => {
      expectTypeOf(context.get(key)).toEqualTypeOf<readonly string[]>();
      expectTypeOf(context.with(key, ["a"])).toEqualTypeOf<ActionContext>();
      // @ts-expect-error a number is no list of strings
      context.with(key, 1);
      // @ts-expect-error contexts are read-only
      context.userId = "mallory";
    });
  });
});
