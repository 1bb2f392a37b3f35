import { expect, it } from "vitest";
import { generateProject } from "./generated-project.ts";

// buf generate and tsc take their time on a busy machine.
const timeout = 120_000;

const cases = (["ts-proto", "protobuf-es"] as const).flatMap((model) =>
  (["ts", "js", "none"] as const).map((extension) => ({ model, extension })),
);

it.each(cases)(
  "hostile .protos typecheck with $model and extension $extension",
  ({ model, extension }) => {
    const protos = ["test/generator/torture"];
    if (model === "protobuf-es") {
      protos.push("test/generator/torture-es");
    }
    const project = generateProject({ protos, model, extension });
    try {
      expect(project.typecheck()).toBe("");
    } finally {
      project.remove();
    }
  },
  timeout,
);

it(
  "hostile .protos typecheck as tables",
  () => {
    const project = generateProject({
      protos: ["test/generator/torture"],
      // Types of packages have no tables.
      without: "guest",
      model: "ts-proto",
      extension: "ts",
      optimizeFor: "code_size",
    });
    try {
      expect(project.typecheck()).toBe("");
    } finally {
      project.remove();
    }
  },
  timeout,
);
