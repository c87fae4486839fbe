// Builds ../css/*.css from *.scss and marks each file with the hash of its sources (tests/test_look.py compares).
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const sources = readdirSync(here).filter((name) => name.endsWith(".scss")).sort();
const hash = createHash("sha256");
for (const name of sources) hash.update(name + "\n" + readFileSync(join(here, name), "utf8"));
const mark = hash.digest("hex");
mkdirSync(join(here, "..", "css"), { recursive: true });

for (const name of sources.filter((name) => !name.startsWith("_"))) {
  const built = sass.compile(join(here, name), {
    style: "compressed",
    charset: false,
    sourceMap: false,
    loadPaths: [join(root, "node_modules")],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "if-function", "color-functions"],
  });
  const css = `/*! Portal PUG, sources sha256:${mark}; with parts of Bootstrap 5.3.9 (MIT) */\n${built.css}\n`
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, "");
  writeFileSync(join(here, "..", "css", name.replace(".scss", ".css")), css);
}
