/** Entry, see the folder. */
export {};
