// Builds the styles, scripts and drawings of the pages into the directory given as the argument.
//
// The name of each file that pages load holds a hash of its content, so that caches may keep it for
// good; manifest.json tells which plain name became which. build_assets.py calls this.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const output = process.argv[2];
if (!output) {
  throw new Error("Which directory shall the assets be built in? Give it as the argument.");
}
mkdirSync(output, { recursive: true });

const manifest = {};
const packages = new Set();

/** Writes one file under its hashed name and notes that name. */
function emit(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const extension = extname(name);
  manifest[name] = `${basename(name, extension)}-${hash}${extension}`;
  writeFileSync(join(output, manifest[name]), content);
}

/** Notes the package that a built-in file comes from, if it comes from one. */
function notePackage(path) {
  const match = path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/);
  if (match) packages.add(match[1]);
}

async function buildScripts() {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: here,
    entryPoints: ["src/site.js", "src/sparql.js"],
    outdir: "/",
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2020", "chrome109", "firefox115", "safari15.6"],
    metafile: true,
    write: false,
    legalComments: "none", // the licences stand in a file of their own
    banner: { js: "/* Licences of the parts: THIRD-PARTY-LICENCES.txt */" },
    logLevel: "warning",
  });
  for (const file of outputFiles) emit(basename(file.path), file.contents);
  Object.keys(metafile.inputs).forEach(notePackage);
}

function buildStyles() {
  const { css, loadedUrls } = sass.compile(join(here, "src/site.scss"), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
  });
  emit("site.css", css);
  loadedUrls.map(fileURLToPath).forEach(notePackage);
}

function copyDrawings() {
  for (const name of readdirSync(join(here, "src")).filter((file) => file.endsWith(".svg"))) {
    emit(name, readFileSync(join(here, "src", name)));
  }
}

/** A package's licence text; one that ships none says its licence in its README. */
function licenceText(folder) {
  const entries = readdirSync(folder);
  const file = entries.find((entry) => /^licen[cs]e/i.test(entry));
  if (file) return readFileSync(join(folder, file), "utf8");
  const readme = entries.find((entry) => /^readme\.md$/i.test(entry));
  const section = readme && readFileSync(join(folder, readme), "utf8").match(/^## Licen[cs]e\n(.*?)(?=^## |$(?![^]))/ims);
  if (!section) throw new Error(`${folder} says nowhere under which licence it stands.`);
  return section[1];
}

/** The notices that the licences of the bundled packages ask to be passed on. */
function writeLicences() {
  const notices = [...packages].sort().map((name) => {
    const folder = join(modules, name);
    const { version, license, author, homepage } = JSON.parse(
      readFileSync(join(folder, "package.json")),
    );
    const holder = [author?.name ?? author, homepage].filter(Boolean).join(", ");
    return `${name} ${version} (${license})\n${holder}\n\n${licenceText(folder).trim()}\n`;
  });
  const name = "THIRD-PARTY-LICENCES.txt"; // kept plain: it is looked for by name
  manifest[name] = name;
  writeFileSync(join(output, name), notices.join(`\n${"-".repeat(72)}\n\n`));
}

await buildScripts();
buildStyles();
copyDrawings();
writeLicences();
writeFileSync(join(output, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
