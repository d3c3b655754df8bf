import path from "node:path";
import type { Command } from "commander";
import { portNames, totalSize, type DeviceModel } from "@labscape/devices";
import { Exit, type ExitCode } from "../exit.js";
import { colours, print, printJson, type Io } from "../io.js";
import { findModel, tellModels } from "../models.js";
import { jsonOption } from "../options.js";
import { table } from "../output/table.js";

export function addModels(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("models")
    .description("list the device models, or show one")
    .argument("[model]", "name or alias")
    .addOption(jsonOption())
    .addHelpText("after", "\nExample:\n  labscape models tiny_linux")
    .action((name: string | undefined, options: { json?: boolean }) =>
      run(async () => {
        const { catalogue } = await tellModels(io);
        const models = name === undefined ? catalogue.models : [findModel(catalogue, name)];
        if (options.json === true) printJson(io, { version: 1, models });
        else if (name === undefined) print(io, modelTable(io, models));
        else for (const model of models) print(io, modelSheet(io, model));
        return Exit.done;
      }),
    );
}

function modelTable(io: Io, models: readonly DeviceModel[]): string {
  return table(
    colours(io),
    ["MODEL", "VENDOR", "ROLE", "CPU", "MEMORY", "PORTS", "PROOF", "FROM"],
    models.map((model) => [
      model.name,
      model.vendor,
      model.role,
      String(totalSize(model).cpuCount),
      `${totalSize(model).memory} MiB`,
      String(model.ports.data.maxCount),
      model.proof,
      origin(io, model),
    ]),
  );
}

function modelSheet(io: Io, model: DeviceModel): string {
  const chalk = colours(io);
  const names = portNames(model);
  const [first = "none", last = first] = [names[0], names[model.ports.data.defaultCount - 1]];
  const { cpuCount, memory } = totalSize(model);
  const least = model.members.length === 0 ? ` (at least ${model.hardware.memoryMinimum})` : "";
  const rows: readonly (readonly [string, string])[] = [
    ["Also called", model.aliases.join(", ")],
    ["Runs as", `${cpuCount} vCPU, ${memory} MiB${least}`],
    [
      "VMs",
      model.members
        .map(
          ({ name, hardware, image }) => `${name} (${hardware.cpuCount} vCPU, ${hardware.memory} MiB, ${image.file})`,
        )
        .join(", "),
    ],
    ["Ports", `${first} to ${last}, up to ${model.ports.data.maxCount}`],
    ["Management", model.ports.management?.name ?? "none"],
    ["First boot", model.firstBoot.byHand === undefined ? model.firstBoot.method : "by hand: labscape config NODE"],
    ["Before that", model.firstBoot.byHand ?? ""],
    ["Login", model.credentials.user],
    ["Image file", model.image.file],
    ["Image from", [model.image.howTo, model.image.url ?? ""].join(" ").trim()],
    ["Add it with", `labscape image add FILE --model ${model.name} --version VERSION`],
    ["Licence", model.image.licence],
    ["Proof", model.proof],
    ["Defined in", model.file === undefined ? "" : origin(io, model)],
    ["Sources", model.sources.join("; ")],
  ];
  return [
    `${chalk.bold(model.name)}  ${model.title} (${model.vendor}, ${model.role})`,
    model.description,
    "",
    ...rows.filter(([, value]) => value !== "").map(([label, value]) => `${chalk.dim(label.padEnd(12))} ${value}`),
    ...model.notes.map((note) => `${chalk.yellow("note")}         ${note}`),
  ].join("\n");
}

/** Where a model is written: empty for those that come with Labscape. */
function origin(io: Io, { file }: DeviceModel): string {
  if (file === undefined) return "";
  const relative = path.relative(io.cwd, file);
  return relative.startsWith("..") ? file : relative;
}
