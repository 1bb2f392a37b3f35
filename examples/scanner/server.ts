// The service bot.scan.v1.ScannerService in a process of its own, next to clamd:
//
//   CLAMD_SOCKET=/run/clamav/clamd.ctl node examples/scanner/server.ts
import { implement } from "botwire";
import { clamavScanner } from "botwire/clamav";
import { connectDoor } from "botwire/connect";
import { createBotServer } from "botwire/node";
import { ScannerService } from "../../generated/actions/bot/scan/v1/scanner.connect.ts";

const { CLAMD_SOCKET = "/run/clamav/clamd.ctl", HOST = "127.0.0.1", PORT = "8081" } = process.env;

const scanner = clamavScanner({ socket: CLAMD_SOCKET });

const server = createBotServer({
  name: "scanner",
  actions: [implement(ScannerService, { scan: scanner.scan })],
  // More than the 8 MiB that scanContent() sends at most.
  doors: [connectDoor({ maxMessageBytes: 16 * 1024 * 1024 })],
  readiness: { clamd: scanner.ready },
});
await server.listen({ host: HOST, port: Number(PORT) });
