// The grammar is kept in the folder `grammar` of the checkout, where other editors find it too; the package needs it here.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = process.env.GRIDLANG_CHECKOUT ?? path.join(here, "..", "..", "..");
fs.copyFileSync(path.join(root, "grammar", "grid.tmLanguage.json"), path.join(here, "grid.tmLanguage.json"));
fs.copyFileSync(path.join(root, "LICENSE"), path.join(here, "LICENSE"));
