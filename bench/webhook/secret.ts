/** What signs the callbacks. */
export const secret = "a secret of thirty-two characters";
