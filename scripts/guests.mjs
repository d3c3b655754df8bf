// Builds the test guests into .cache/guests:  node scripts/guests.mjs [tiny_linux] [frr_linux] [debian_linux]
import { ensureGuests } from "./setup/guests.mjs";
import { complain } from "./setup/progress.mjs";

try {
  const names = process.argv.slice(2);
  await ensureGuests(names.length > 0 ? names : ["tiny_linux", "frr_linux", "debian_linux"]);
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
