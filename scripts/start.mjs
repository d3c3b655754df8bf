// `npm start`: from a fresh clone to Labscape in the browser. Needs nothing but Node; run again, it only does what is missing.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { root, run } from "./setup/commands.mjs";
import { installExtension, openBrowser, startEditor } from "./setup/editor.mjs";
import { copyExamples } from "./setup/examples.mjs";
import { ensureGuests } from "./setup/guests.mjs";
import { ensureImage } from "./setup/images.mjs";
import { ensureLibvirt, stopLibvirt } from "./setup/libvirt.mjs";
import { assumesYes, checkNode, ensureNpmPackages } from "./setup/npm.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { complain, say, seconds, SetupError, step, together } from "./setup/progress.mjs";
import { ensureVscodeHost, isVscodeHostInstalled } from "./setup/vscode-host.mjs";

const help = `npm start [-- OPTIONS]

Installs what is missing, builds Labscape, starts libvirt if nothing else does, and opens VS Code in the browser
on a copy of the examples. Ctrl-C ends what it started.

  --yes            do not ask before packages of the operating system are installed
  --no-open        do not open a browser; the address is printed in any case
  --password       ask for a password, which is printed: without it every user of this machine can open the editor
  --port NUMBER    port on 127.0.0.1 (default: a free one)
  --folder FOLDER  where your labs are (default: labs in the checkout); missing examples are copied there
  --help           this text
`;

try {
  checkNode();
  const options = readOptions();
  if (options.help) say(help);
  else await start(options);
} catch (error) {
  complain(error);
  process.exitCode = 1;
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        yes: { type: "boolean", default: assumesYes() },
        "no-open": { type: "boolean", default: false },
        password: { type: "boolean", default: false },
        port: { type: "string", default: "0" },
        folder: { type: "string", default: resolve(root, "labs") },
        help: { type: "boolean", default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`${values.port} is not a port`);
    return { ...values, port, folder: resolve(values.folder) };
  } catch (error) {
    throw new SetupError(error.message, "npm start -- --help");
  }
}

async function start({ yes, "no-open": noOpen, password: locked, port, folder }) {
  const begun = Date.now();
  const lacking = await ensurePackages(
    ["run labs", "make the small guest images", "compile two parts of the VS Code server"],
    { yes },
  );
  const lacks = (purpose) => lacking.find((entry) => entry.purpose === purpose);
  for (const { purpose, missing, reason } of lacking)
    say(`! Without ${missing.join(", ")} this cannot ${purpose}: ${reason}`);
  const compiler = lacks("compile two parts of the VS Code server");
  if (compiler !== undefined && !isVscodeHostInstalled())
    throw new SetupError("VS Code cannot be set up.", compiler.reason);

  const guests = lacks("make the small guest images") === undefined ? ["tiny_linux"] : [];
  await together(ensureNpmPackages, ensureVscodeHost, () => ensureGuests(guests));
  await step("build", () => run(process.execPath, ["scripts/build.mjs"]));
  const vsix = resolve(root, ".cache/labscape.vsix");
  await step("package of the extension", () => run(process.execPath, ["scripts/package.mjs", vsix]));
  const libvirt = await ensureLibvirt();
  try {
    if (libvirt !== undefined) for (const guest of guests) await ensureImage(guest, libvirt.uri);
    await copyExamples(folder);
    await installExtension(vsix);
    await edit({ folder, port, locked, noOpen, begun });
  } finally {
    if (libvirt !== undefined) await stopLibvirt(libvirt);
  }
}

/** Opens the editor and returns when it has ended or a signal asks for its end. */
async function edit({ folder, port, locked, noOpen, begun }) {
  const editor = await startEditor({ folder, port, locked });
  const password = locked ? `  password: ${editor.password}\n` : "";
  say(`\nLabscape is ready after ${seconds(Date.now() - begun)}:\n\n  ${editor.address}\n${password}`);
  if (!noOpen && openBrowser(editor.address)) say("It opens in your browser. Ctrl-C here ends it.");
  else say("Open this address in a browser on this machine. Ctrl-C here ends it.");
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"].map(
    (name) => new Promise((done) => process.once(name, () => done(name))),
  );
  const reason = await Promise.race([editor.ended, ...signals]);
  say(reason === undefined ? "The editor has ended." : "\nStopping.");
  await editor.stop();
}
