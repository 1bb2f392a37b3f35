// Fuzzes the validators of the schemas of some seeds, which it gets as its data.
import { parentPort, workerData } from "node:worker_threads";
import { fuzzValidators } from "../validate/fuzz/run.ts";

parentPort?.postMessage(await fuzzValidators(workerData));
