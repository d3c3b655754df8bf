import { readCommands } from "./command-lines.js";
import { readFortios } from "./fortios.js";
import { aoscx, asa, eos, ios, iosxr, nxos } from "./ios-like.js";
import { readJunos, readJunosCommands, readJunosSet } from "./junos.js";
import { readInitCfg } from "./key-values.js";
import { FormatError, type Statement } from "./patterns.js";
import { readPowershell } from "./powershell.js";
import { readRouteros } from "./routeros.js";
import { readCumulusScript, readSonicCommands } from "./shell.js";
import { readSros } from "./sros.js";
import {
  readCloudConfig,
  readFrr,
  readIgnition,
  readJson,
  readYaml,
  withInterfaces,
  withSonicTables,
} from "./structured.js";
import { readVyos } from "./vyos.js";

export { FormatError, type Statement } from "./patterns.js";

type Reader = (text: string) => readonly Statement[];

/** How the device that a template is for reads what comes of it. Each refuses what its device would not understand. */
export const readers: Readonly<Record<string, Reader>> = {
  "aoscx/config": (text) => readCommands(aoscx, text),
  "asa/day0-config": (text) => readCommands(asa, text),
  "cloud-init/meta-data": readYaml,
  "cloud-init/network-config": readYaml,
  "cloud-init/user-data": readCloudConfig,
  "config-drive/meta_data.json": readJson,
  "config-drive/network_data.json": readJson,
  "cumulus/cumulus-ztp": readCumulusScript,
  "cumulus/cumulus-ztp-nclu": (text) => withInterfaces(readCumulusScript(text)),
  empty: (text) => {
    if (text !== "") throw new FormatError("not empty");
    return [];
  },
  "eos/startup-config": (text) => readCommands(eos, text),
  "fortios/user_data": readFortios,
  "frr/user-data": readFrr,
  "ftd/day0-config": readJson,
  "ignition/config.ign": readIgnition,
  "ios/config": (text) => readCommands(ios, text),
  "iosxr/iosxr_config.txt": (text) => readCommands(iosxr, text),
  "junos/commands": readJunosCommands,
  "junos/juniper.conf": readJunos,
  "junos/set": readJunosSet,
  "nxos/nxos_config.txt": (text) => readCommands(nxos, text),
  "panos/init-cfg.txt": readInitCfg,
  "routeros/config.rsc": readRouteros,
  "sonic/commands": (text) => withSonicTables(readSonicCommands(text)),
  "sros/commands": readSros,
  "vyos/user-data": readVyos,
  "windows/user_data.ps1": readPowershell,
};
