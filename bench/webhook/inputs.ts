// The callback that is measured: about 1 KB, as a chat sends it.
import { createHmac } from "node:crypto";
import type { LoadRequest } from "../load/wrk.ts";
import { secret } from "./secret.ts";

const callback = {
  bot_id: "7421937712345678901",
  user_id: "900812345",
  action: "handle_message",
  parameters: {
    message_id: "msg_01HZX8K3V4Q9M2N7P5R6S8T0CD",
    event_type: "EVENT_TYPE_MESSAGE",
    user: {
      user_id: "u_900812345",
      nickname: "小明同学",
      level: 17,
      vip: true,
      tags: ["beta", "gold", "zh-CN", "mobile"],
    },
    text: `帮我查一下明天上海到北京的高铁票,二等座,上午九点以后出发,谢谢!Please also remind me one hour before departure. ${"The train at nine is best. ".repeat(5)}`,
    created_at_ms: "1763791200123",
    metadata: {
      channel: "coze",
      locale: "zh-CN",
      trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
      client: "ios/17.5",
    },
    attachments: [
      {
        url: "https://cdn.example.com/files/2026/11/22/abcdef0123456789.png",
        mime_type: "image/png",
        size_bytes: "48213",
      },
      {
        url: "https://cdn.example.com/files/2026/11/22/fedcba9876543210.wav",
        mime_type: "audio/wav",
        size_bytes: "982130",
      },
    ],
    score: 0.9731,
  },
};

const body = Buffer.from(JSON.stringify(callback));

/** The callback, signed now. */
export function signedRequest(path: string): LoadRequest {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", secret).update(`${timestamp}.`).update(body).digest("hex");
  return {
    path,
    body,
    headers: {
      "content-type": "application/json",
      "user-agent": "coze-bot/1.0",
      accept: "*/*",
      "x-coze-timestamp": timestamp,
      "x-coze-signature": signature,
    },
  };
}

/** Whether an answer, in whatever envelope, has what the handler made of the callback. */
export function isAnswer(text: string): boolean {
  const { parameters } = callback;
  const { status, data }: { status?: unknown; data?: Record<string, unknown> } = JSON.parse(text);
  return (
    status === "success" &&
    data !== undefined &&
    (data["message_id"] ?? data["messageId"]) === parameters.message_id &&
    data["reply"] === parameters.text &&
    (data["handled_at_ms"] ?? data["handledAtMs"]) === "1763791200124"
  );
}

/** Whether an answer is the callback itself. */
export function isEcho(text: string): boolean {
  return text === body.toString();
}
