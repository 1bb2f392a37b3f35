import { cozeEventSignature, slackSignature, standardWebhooksSignature } from "botwire/webhook";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { verdict } from "./verify.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("Standard Webhooks", () => {
  // From the specification's reference libraries.
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const body = '{"test": 2432232314}';
  const headers = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  const scheme = standardWebhooksSignature;
  beforeEach(() => {
    vi.setSystemTime(1_614_265_330_000);
  });

  it("verifies the published vector", async () => {
    expect(await verdict(scheme, secret, headers, body)).toBe("valid");
    expect(await verdict(scheme, secret.slice("whsec_".length), headers, body)).toBe("valid");
    expect(await verdict(scheme, secret, headers, `${body} `)).toContain("is not the signature");
  });

  it("takes any of several signatures, and passes over those of other versions", async () => {
    const good = headers["webhook-signature"];
    const bad = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    const asymmetric = `v1a,${good.slice(3)}`;
    const signed = (signature: string) =>
      verdict(scheme, secret, { ...headers, "webhook-signature": signature }, body);
    expect(await signed(`${asymmetric} ${bad} ${good}`)).toBe("valid");
    expect(await signed(`${asymmetric} ${bad}`)).toContain("is not the signature");
    expect(await signed(good.slice(3))).toContain("is not the signature");
    // So many are nobody's honest signatures, and each costs time.
    expect(await signed(`${`${bad} `.repeat(16)}${good}`)).toContain("is not the signature");
  });

  it("has a window of 300 seconds", async () => {
    // All of a second is as far from a timestamp in seconds.
    for (const good of [1_614_265_030_000, 1_614_265_630_000, 1_614_265_630_999]) {
      vi.setSystemTime(good);
      expect(await verdict(scheme, secret, headers, body)).toBe("valid");
    }
    for (const bad of [1_614_265_029_999, 1_614_265_631_000]) {
      vi.setSystemTime(bad);
      expect(await verdict(scheme, secret, headers, body)).toContain("more than 300 seconds off");
    }
  });
});

describe("Slack", () => {
  it("verifies the vector of its documentation", async () => {
    vi.setSystemTime(1_531_420_618_000);
    const body =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const headers = {
      "x-slack-request-timestamp": "1531420618",
      "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    };
    const secret = "8f742231b10e8888abcd99yyyzzz85a5";
    expect(await verdict(slackSignature, secret, headers, body)).toBe("valid");
    expect(await verdict(slackSignature, `${secret} `, headers, body)).toContain("is not");
    vi.setSystemTime(1_531_420_919_000);
    expect(await verdict(slackSignature, secret, headers, body)).toContain("more than 300 seconds");
  });
});

describe("Coze's events", () => {
  // Coze publishes none; these were computed apart from this code.
  it.each([
    {
      timestamp: "1749116452112",
      nonce: "a1b2c3d4",
      token: "OYDacMzM3WyOWV3Dtj2bHRMymzxPtest",
      body: '{"header":{"event_type":"url_verification","event_id":"bee31258-469c-48a6-ae48-648161d89c79","created_at":1749116452112},"event":{"challenge":"988df7dc-2179-4dba-95a6-af9f40b91486"}}',
      signature: "aacd28ac2467c665bc994b18e2a7a18c1c060729",
    },
    {
      timestamp: "1749038258245",
      nonce: "n0nce",
      token: "tok",
      body: '{"header":{"event_type":"bot.deleted","event_id":"e1","created_at":1749038258245},"event":{"bot_name":"智能体名称"}}',
      signature: "4dff00f603f142d246c102e6c353652a7ffdfafb",
    },
  ])("verify the vector of $signature", async ({ timestamp, nonce, token, body, signature }) => {
    const headers = {
      "x-coze-timestamp": timestamp,
      "x-coze-nonce": nonce,
      "x-coze-signature": signature,
    };
    const scheme = cozeEventSignature;
    // They are sent again with the time of the event, so that any age is good.
    expect(await verdict(scheme, token, headers, body)).toBe("valid");
    expect(await verdict(scheme, ["older", token], headers, body)).toBe("valid");
    expect(await verdict(scheme, "other", headers, body)).toContain("is not the signature");
    const moved = {
      ...headers,
      "x-coze-timestamp": timestamp.slice(0, -1),
      "x-coze-nonce": timestamp.slice(-1) + nonce,
    };
    expect(await verdict(scheme, token, moved, body)).toContain("milliseconds since 1970");
    const strict = { ...scheme, windowSeconds: 300 };
    expect(await verdict(strict, token, headers, body)).toContain("more than 300 seconds off");
    vi.setSystemTime(Number(timestamp) + 299_000);
    expect(await verdict(strict, token, headers, body)).toBe("valid");
  });
});
