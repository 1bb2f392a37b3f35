import { lateHistogram } from "./instruments.ts";

/** How long databases took, by system and operation. */
export const queryDuration = lateHistogram("db_query_duration", "How long queries took");
