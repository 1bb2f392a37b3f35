// What the server of the faults and its callers have agreed on.

export const newSecret = "the new secret";
export const oldSecret = "the old secret";

/** The budget of a call, in milliseconds. */
export const budgetMs = 800;

/** How long a request may take to arrive, in milliseconds. */
export const requestTimeoutMs = 2500;
