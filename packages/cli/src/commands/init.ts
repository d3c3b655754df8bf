import { InvalidArgumentError, type Command } from "commander";
import { installHooks, removeHooks, THIS_MACHINE, type HookChange } from "@labscape/lab";
import { Exit, type ExitCode } from "../exit.js";
import { print, printJson, type Io } from "../io.js";
import { jsonOption } from "../options.js";

interface InitOptions {
  readonly remove?: boolean;
  readonly hooks: string;
  readonly json?: boolean;
}

export function addInit(program: Command, io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): void {
  program
    .command("init")
    .description(
      "set this host up for links of type wire and LLDP on bridges, once and as root; all else works without",
    )
    .option("--remove", "undo it")
    .option("--hooks <folder>", "where libvirt looks for hooks", absolute, THIS_MACHINE.folder)
    .addOption(jsonOption())
    .addHelpText("after", "\nExample:\n  sudo labscape init")
    .action((options: InitOptions) => run(() => init(io, options)));
}

async function init(io: Io, { remove = false, hooks: folder, json = false }: InitOptions): Promise<ExitCode> {
  const place = { ...THIS_MACHINE, folder };
  const hooks = remove ? await removeHooks(place) : await installHooks(place);
  if (json) printJson(io, { version: 1, hooks });
  else print(io, remove ? removedText(hooks) : installedText(hooks));
  return Exit.done;
}

function installedText(hooks: readonly HookChange[]): string {
  const words = { installed: "Installed", updated: "Updated", kept: "There already:", removed: "Removed" };
  return [
    ...hooks.map(({ file, action }) => `${words[action]} ${file}`),
    hooks.some(({ restart }) => restart)
      ? "libvirt sees it after a restart, which guests do not notice: sudo systemctl try-restart libvirtd virtqemud virtnetworkd"
      : "This host is set up. `labscape doctor` says what it can do.",
  ].join("\n");
}

function removedText(hooks: readonly HookChange[]): string {
  if (hooks.length === 0) return "Nothing of `labscape init` is on this host.";
  return [...hooks.map(({ file }) => `Removed ${file}`), "Wires of nodes that run stay joined until these stop."].join(
    "\n",
  );
}

function absolute(folder: string): string {
  if (!folder.startsWith("/")) throw new InvalidArgumentError("It must be an absolute path.");
  return folder;
}
