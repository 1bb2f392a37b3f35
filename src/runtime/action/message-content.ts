import { createContextKey } from "./context-key.ts";

/**
 * What the user said in the message that led to the call, where the door's
 * envelope has it (`message.content` of a callback); empty otherwise.
 */
export const messageContent = createContextKey("", "message.content");
