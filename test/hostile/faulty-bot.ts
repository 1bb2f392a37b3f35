import { implement } from "botwire";
import { connectDoor } from "botwire/connect";
import { createBotServer } from "botwire/node";
import { callbackDoor, toolDoor } from "botwire/webhook";
import { AlmanacService } from "../../generated/actions/almanac/v1/almanac.connect.ts";

// A server whose handlers do what handlers must not do. Run by its test in a
// process of its own, which must survive.

const faulty = implement(AlmanacService, {
  /** Works, to tell that the server lives. */
  getChineseDate: () => ({ text: "alive" }),

  getLocalTime({ timeZone }) {
    switch (timeZone) {
      case "floating rejection":
        void Promise.reject(new Error("nobody waits for this"));
        return { time: "answered all the same" };
      case "late rejection":
        setTimeout(() => Promise.reject(new Error("too late")), 10);
        return { time: "answered all the same" };
      case "throws a secret":
        throw new Error("password=hunter2");
      case "throws nothing":
        throw undefined;
      case "throws a hostile object":
        throw {
          get name() {
            throw new Error("no name");
          },
        };
      default:
        return {};
    }
  },

  /** Never answers, and does not listen to its signal. */
  getSunTimes: () => new Promise<never>(() => {}),

  /** Never ends; says when it is stopped. */
  async *countdown() {
    try {
      for (let remaining = 1; ; remaining++) {
        yield { remaining };
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    } finally {
      console.log("countdown stopped");
    }
  },

  /** Waits for its signal; says when it comes. */
  getForecast: (_request, { signal }) =>
    new Promise((_, reject) => {
      console.log("forecast started");
      signal.addEventListener("abort", () => {
        console.log("forecast aborted");
        reject(signal.reason);
      });
    }),
});

const server = createBotServer({
  actions: [faulty],
  doors: [
    callbackDoor({ unsigned: true, budgetMs: 300 }),
    toolDoor({ unsigned: true, budgetMs: 5000 }),
    connectDoor(),
  ],
});
const { url } = await server.listen({ port: Number(process.env["PORT"]) });
console.log(`listens on ${url}`);
