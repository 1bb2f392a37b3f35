import {
  callbackSignature,
  cozeEventSignature,
  larkSignature,
  type SignatureScheme,
  slackSignature,
  standardWebhooksSignature,
} from "botwire/webhook";
import { expect, it } from "vitest";
import { output } from "../interop/command.ts";
import { describeWith, openssl } from "../interop/tools.ts";
import { verdict } from "./verify.ts";

const key = "a key of some 24 bytes..";
const body = '{"text":"早安 \\u0000","n":1}';
const seconds = String(Math.floor(Date.now() / 1000));

/** What openssl says, in hex. */
async function digest(args: readonly string[], input: string): Promise<string> {
  return (await output("openssl", ["dgst", ...args, "-r"], { input })).slice(0, -8).trim();
}

// What openssl signs, by recipes that are written down here and nowhere else.
await describeWith([openssl], "signatures made by openssl", () => {
  const recipes: {
    name: string;
    scheme: SignatureScheme;
    secret: string;
    sign(): Promise<Record<string, string>>;
  }[] = [
    {
      name: "a callback's",
      scheme: callbackSignature,
      secret: key,
      sign: async () => ({
        "x-coze-timestamp": seconds,
        "x-coze-signature": await digest(["-sha256", "-hmac", key], `${seconds}.${body}`),
      }),
    },
    {
      name: "a Coze event's",
      scheme: cozeEventSignature,
      secret: key,
      sign: async () => ({
        "x-coze-timestamp": `${seconds}123`,
        "x-coze-nonce": "n0nce",
        "x-coze-signature": await digest(["-sha1"], `${seconds}123n0nce${key}${body}`),
      }),
    },
    {
      name: "Standard Webhooks'",
      scheme: standardWebhooksSignature,
      secret: `whsec_${btoa(key)}`,
      sign: async () => ({
        "webhook-id": "msg_1",
        "webhook-timestamp": seconds,
        "webhook-signature": `v1,${Buffer.from(await digest(["-sha256", "-hmac", key], `msg_1.${seconds}.${body}`), "hex").toString("base64")}`,
      }),
    },
    {
      name: "Slack's",
      scheme: slackSignature,
      secret: key,
      sign: async () => ({
        "x-slack-request-timestamp": seconds,
        "x-slack-signature": `v0=${await digest(["-sha256", "-hmac", key], `v0:${seconds}:${body}`)}`,
      }),
    },
    {
      name: "Lark's",
      scheme: larkSignature,
      secret: key,
      sign: async () => ({
        "x-lark-request-timestamp": seconds,
        "x-lark-request-nonce": "n0nce",
        "x-lark-signature": await digest(["-sha256"], `${seconds}n0nce${key}${body}`),
      }),
    },
  ];

  it.each(recipes)("verify: $name", async ({ scheme, secret, sign }) => {
    const headers = await sign();
    expect(await verdict(scheme, secret, headers, body)).toBe("valid");
    expect(await verdict(scheme, secret, headers, `${body}\n`)).toContain("is not the signature");
  });
});
