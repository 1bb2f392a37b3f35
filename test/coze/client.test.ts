import { type ActionContext, implement } from "botwire";
import { createCozePlatform, personalToken } from "botwire/coze";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { callOf, messageOf, NoteService } from "../action/fixtures.ts";
import { quietPipeline } from "../action/quiet.ts";
import { type FakePlatform, ok, startPlatform } from "./fake-platform.ts";
import { alice, all, clientOf, errorOf } from "./support.ts";

let platform: FakePlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform[Symbol.asyncDispose]());

const last = () => platform.received.at(-1);

describe("context.coze", () => {
  it("reads and writes the variables of the caller", async () => {
    const store = new Map([["city", "Beijing & 上海"]]);
    platform.routes["GET /v1/variables"] = ({ query }) =>
      ok({
        items: (query.get("keywords") ?? [...store.keys()].join())
          .split(",")
          .filter((name) => store.has(name))
          .map((keyword) => ({
            keyword,
            value: store.get(keyword),
            create_time: 0,
            update_time: 1_760_000_000,
          })),
      });
    platform.routes["PUT /v1/variables"] = ({ body }) => {
      const data = body["data"] as { keyword: string; value: string }[];
      for (const { keyword, value } of data) {
        store.set(keyword, value);
      }
      return ok(undefined);
    };
    const service = implement(
      NoteService,
      {
        async echo({ text }, context) {
          expectTypeOf(context).toExtend<ActionContext>();
          const city = await context.coze.variables.get("city");
          await context.coze.variables.set({ city: text });
          return { text: `${city} -> ${await context.coze.variables.get("city")}` };
        },
        *repeat() {},
      },
      {
        coze: createCozePlatform({
          baseUrl: platform.url,
          credentials: personalToken("pat_0123456789abcdef"),
        }),
      },
    );
    const { pipeline } = quietPipeline({ actions: [service] });
    const { authenticated = false, botId = "", userId = "" } = alice;
    const outcome = await pipeline.invoke(
      callOf({
        route: () => ({
          action: "echo",
          identity: { authenticated, botId, userId, connectorId: "10000011" },
          decode: () => ({ text: "Paris", count: 0 }),
        }),
      }),
    );
    expect(messageOf(outcome)).toMatchObject({ text: "Beijing & 上海 -> Paris" });
    const asked = { bot_id: "7391", connector_uid: "alice", connector_id: "10000011" };
    expect(Object.fromEntries(last()?.query ?? [])).toEqual({ ...asked, keywords: "city" });
    expect(platform.received.find(({ operation }) => operation.startsWith("PUT"))?.body).toEqual({
      ...asked,
      data: [{ keyword: "city", value: "Paris" }],
    });
    expect(last()?.headers).toMatchObject({ authorization: "Bearer pat_0123456789abcdef" });

    const { variables } = clientOf(platform);
    expect(await variables.get("unknown")).toBeUndefined();
    expect(await variables.list()).toEqual([
      {
        name: "city",
        value: "Paris",
        createdAt: undefined,
        updatedAt: new Date(1_760_000_000_000),
      },
    ]);
  });

  it("reads the conversation, and all of its messages page by page", async () => {
    platform.routes["GET /v1/conversation/retrieve"] = ({ query }) =>
      ok({
        id: query.get("conversation_id"),
        created_at: 1_760_000_000,
        meta_data: { shop: "7", odd: 1 },
        last_section_id: "7500",
      });
    const message = (id: number) => ({
      id: String(id),
      conversation_id: "7400",
      role: "user",
      type: "question",
      content: `message ${id}`,
      content_type: "text",
      meta_data: {},
      created_at: 1_760_000_000 + id,
    });
    platform.routes["POST /v1/conversation/message/list"] = ({ body }) => {
      const from = Number(body["after_id"] ?? 0) + 1;
      const page = [from, from + 1].map(message);
      const more = { first_id: page[0]?.id, last_id: page[1]?.id, has_more: from < 5 };
      return ok(page, more);
    };
    const { conversations } = clientOf(platform);
    expect(await conversations.get()).toEqual({
      id: "7400",
      createdAt: new Date(1_760_000_000_000),
      metadata: { shop: "7" },
      lastSectionId: "7500",
    });
    expect((await conversations.get("9")).id).toBe("9");
    expect(await conversations.messages({ limit: 2, order: "asc" })).toMatchObject({
      messages: [{ id: "1", content: "message 1", role: "user" }, { id: "2" }],
      lastId: "2",
      hasMore: true,
    });
    expect(last()?.body).toEqual({ limit: 2, order: "asc" });
    const history = await all(conversations.history());
    expect(history.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5", "6"]);
  });

  it("doesn't follow pages that lead nowhere", async () => {
    platform.routes["POST /v1/conversation/message/list"] = () =>
      ok([{ id: "1" }], { last_id: "1", has_more: true });
    expect(await all(clientOf(platform).conversations.history())).toHaveLength(2);
  });

  it("reads the profile of the user, ids in full however they come", async () => {
    platform.routes["GET /v1/users/me"] = () => ({
      json: '{"code":0,"data":{"user_id":7391234567890123456,"user_name":"a","nick_name":"A","avatar_url":"u"}}',
    });
    expect(await clientOf(platform).users.me()).toEqual({
      userId: "7391234567890123456",
      userName: "a",
      nickName: "A",
      avatarUrl: "u",
    });
  });

  it("queries knowledge bases", async () => {
    platform.routes["GET /v1/datasets"] = () =>
      ok({
        total_count: 1,
        dataset_list: [
          {
            dataset_id: "d1",
            name: "Menu",
            format_type: 0,
            status: 1,
            doc_count: 2,
            slice_count: 9,
          },
        ],
      });
    platform.routes["POST /open_api/knowledge/document/list"] = () => ({
      json: {
        code: 0,
        total: 11,
        document_infos: [{ document_id: "f1", name: "a.pdf", type: "pdf", status: 9, size: 3 }],
      },
    });
    platform.routes["GET /v1/datasets/d1/images"] = () =>
      ok({
        total_count: 1,
        photo_infos: [{ document_id: "i1", url: "u", caption: "soup", status: 1 }],
      });
    const { knowledge } = clientOf(platform);
    expect(await knowledge.list({ spaceId: "s1", name: "菜 & more", kind: "text" })).toMatchObject({
      total: 1,
      items: [{ datasetId: "d1", kind: "text", enabled: true, documentCount: 2, sliceCount: 9 }],
    });
    expect(Object.fromEntries(last()?.query ?? [])).toEqual({
      space_id: "s1",
      name: "菜 & more",
      format_type: "0",
    });
    expect(await knowledge.documents("d1", { page: 2, pageSize: 1 })).toMatchObject({
      total: 11,
      items: [{ documentId: "f1", status: "failed" }],
    });
    expect(last()).toMatchObject({
      body: { dataset_id: "d1", page: 2, size: 1 },
      headers: { "agw-js-conv": "str" },
    });
    expect(await knowledge.images("d1", { keyword: "汤" })).toMatchObject({
      items: [{ caption: "soup", status: "ready" }],
    });
    expect(last()?.query.get("keyword")).toBe("汤");
  });
});

describe("the ids of a call", () => {
  it("are not taken from calls that prove nothing, unless told so", async () => {
    platform.routes["GET /v1/variables"] = () => ok({ items: [] });
    const caller = { ...alice, authenticated: false };
    const { variables } = clientOf(platform, { caller });
    expect(await errorOf(variables.list())).toMatchObject({
      code: "permission_denied",
      message: "the call does not prove its bot",
    });
    expect(await variables.list(undefined, { botId: "1", userId: "2" })).toEqual([]);
    expect(await clientOf(platform, { caller, trustCallers: true }).variables.list()).toEqual([]);
  });

  it("have to be there", async () => {
    const { variables, conversations } = clientOf(platform, { caller: { authenticated: true } });
    expect(await errorOf(variables.list())).toMatchObject({
      code: "failed_precondition",
      message: "the call does not say its bot",
    });
    expect(await errorOf(conversations.get())).toMatchObject({ code: "failed_precondition" });
  });
});
