import path from "node:path";
import type { Command } from "commander";
import { ImageStore } from "@labscape/lab";
import ora from "ora";
import { Exit, type ExitCode } from "../exit.js";
import { withHost, type HostOptions } from "../host.js";
import { colours, print, printJson, type Io } from "../io.js";
import { identifyImage } from "../identify-image.js";
import { models, tellModels } from "../models.js";
import { connectOption, jsonOption } from "../options.js";
import { table } from "../output/table.js";

type Run = (work: () => Promise<ExitCode>) => Promise<void>;

export function addImage(program: Command, io: Io, run: Run): void {
  const image = program.command("image").description("images that nodes start from, in the host's store");
  addAdd(image, io, run);
  addList(image, io, run);
  addRemove(image, io, run);
}

function addAdd(image: Command, io: Io, run: Run): void {
  image
    .command("add")
    .description("copy an image file into the store")
    .argument("<file>", "qcow2, raw, vmdk, vdi, vhdx or iso file; a kernel or initrd for models that start from one")
    .option("-m, --model <model>", "device model; by default the one whose vendor names its files so")
    .option("--version <version>", "version of the image; by default the one in the file's name")
    .option("--as <name>", "name in the store, for models of several files; by default the model's boot disk")
    .option("--sha256 <digest>", "refuse the file unless it has this checksum")
    .addOption(connectOption())
    .addHelpText(
      "after",
      "\nExamples:\n  labscape image add cumulus-linux-5.9.1-vx-amd64-qemu.qcow2\n  labscape image add disk.qcow2 --model cisco_iosv --version 15.9.3",
    )
    .action((file: string, options: HostOptions & { model?: string; version?: string; as?: string; sha256?: string }) =>
      run(async () => {
        const { catalogue } = await tellModels(io);
        const { model, version } = await identifyImage(io, catalogue, path.basename(file), options);
        const spinner =
          io.stdout.isTTY === true ? ora({ discardStdin: false }).start(`reading ${path.basename(file)}`) : undefined;
        try {
          await withHost(io, options, undefined, (host) =>
            new ImageStore(host).add(path.resolve(io.cwd, file), {
              model,
              version,
              signal: io.signal,
              onProgress: ({ done, total }) => {
                if (spinner !== undefined)
                  spinner.text = `uploading ${path.basename(file)}: ${Math.floor((100 * done) / Math.max(1, total))} %`;
              },
              ...(options.as === undefined ? {} : { as: options.as }),
              ...(options.sha256 === undefined ? {} : { sha256: options.sha256 }),
            }),
          );
        } finally {
          spinner?.stop();
        }
        print(io, `Added ${path.basename(file)} as ${model.name} ${version}.`);
        return Exit.done;
      }),
    );
}

function addList(image: Command, io: Io, run: Run): void {
  image
    .command("list")
    .description("show the images in the store")
    .addOption(connectOption())
    .addOption(jsonOption())
    .addHelpText("after", "\nExample:\n  labscape image list")
    .action((options: HostOptions & { json?: boolean }) =>
      run(async () => {
        const images = await withHost(io, options, undefined, (host) => new ImageStore(host).list());
        if (options.json === true) printJson(io, { version: 1, images });
        else if (images.length === 0)
          print(io, "The store is empty. Add an image with `labscape image add FILE --model MODEL --version VERSION`.");
        else
          print(
            io,
            table(
              colours(io),
              ["MODEL", "VERSION", "FILE", "FORMAT", "SIZE"],
              images.map((one) => [
                one.model,
                one.version,
                one.file,
                one.format,
                `${(one.size / 2 ** 20).toFixed(1)} MiB`,
              ]),
            ),
          );
        return Exit.done;
      }),
    );
}

function addRemove(image: Command, io: Io, run: Run): void {
  image
    .command("remove")
    .description("delete a version of an image from the store; refused while a lab uses it")
    .argument("<model>", "device model")
    .argument("<version>", "version of the image")
    .addOption(connectOption())
    .addHelpText("after", "\nExample:\n  labscape image remove cisco_iosv 15.9.3")
    .action((model: string, version: string, options: HostOptions) =>
      run(async () => {
        const { catalogue } = await models(io);
        await withHost(io, options, undefined, (host) =>
          new ImageStore(host).remove(catalogue.find(model)?.model.name ?? model, version),
        );
        print(io, `Removed ${model} ${version}.`);
        return Exit.done;
      }),
    );
}
