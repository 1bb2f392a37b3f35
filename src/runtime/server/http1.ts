/**
 * Node's HTTP/1.1. To `import` it would read all that it exports, and some of
 * that is made when it is read: clients of other protocols, with HTTP/2, TLS and
 * zlib, which take as long to load as everything else that a server needs.
 */
export const http = process.getBuiltinModule("node:http");
