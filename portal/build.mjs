// Builds the web pages. Run by Maven through Build.java, or by hand:
//
//   node build.mjs build [SITE [LIST]]   type-checks, bundles, compresses; the folder SITE gets the pages and the
//                                        file LIST what they are (default: .cache/site and .cache/site.json)
//   node build.mjs test                  type-checks and runs the unit tests
//
// What is built is kept under .cache by a hash of all that went into it, so that a second build only compares.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const CACHE = path.join(HERE, ".cache");
const MODULES = path.join(HERE, "node_modules");
const INSTALLED = path.join(MODULES, ".neuropil-installed");
const NEUROGLANCER = path.join(MODULES, "neuroglancer", "lib");

/** Data sources that the viewer knows; those of services that Neuropil has nothing to do with stay out. */
const DATA_SOURCES = ["precomputed", "graphene", "zarr", "n5"];
/** WebAssembly that a script fetches from beside itself when a volume or mesh needs it. */
const WASM = [
  "mesh/draco/neuroglancer_draco.wasm",
  "sliceview/jxl/jxl_decoder.wasm",
  "sliceview/png/libpng.wasm",
  "sliceview/compresso/compresso.wasm",
];
const TARGET = "es2022";
const COMPRESSIBLE = new Set([".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm"]);

class BuildError extends Error {}

try {
  const [command = "build", site, list] = process.argv.slice(2);
  if (command === "build") {
    await build(path.resolve(site ?? path.join(CACHE, "site")), path.resolve(list ?? path.join(CACHE, "site.json")));
  } else if (command === "test") {
    await test();
  } else {
    throw new BuildError(`unknown command '${command}': build or test`);
  }
} catch (error) {
  console.error(`portal: ${error instanceof BuildError ? error.message : error.stack}`);
  process.exitCode = 1;
}

// ---------------------------------------------------------------------------------------------------------- build

async function build(site, list) {
  const inputs = hashOfInputs();
  if (isCurrent(site, list, inputs)) {
    return;
  }
  const kept = path.join(CACHE, `site-${inputs}`);
  if (!fs.existsSync(kept)) {
    const started = Date.now();
    install();
    typeCheck();
    const fresh = path.join(CACHE, `new-${process.pid}`);
    fs.rmSync(fresh, { recursive: true, force: true });
    fs.mkdirSync(fresh, { recursive: true });
    await bundle(fresh);
    compress(fresh);
    removeOld();
    fs.renameSync(fresh, kept);
    say(`built ${summary(kept)} in ${seconds(started)}`);
  }
  fs.rmSync(site, { recursive: true, force: true });
  fs.cpSync(kept, site, { recursive: true });
  fs.writeFileSync(list, `${JSON.stringify({ inputs, files: sizes(site) })}\n`);
}

async function bundle(site) {
  const esbuild = await import("esbuild");
  const common = {
    absWorkingDir: HERE,
    bundle: true,
    charset: "utf8",
    format: "esm",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    minify: true,
    target: TARGET,
  };

  const page = await esbuild.build({
    ...common,
    entryPoints: { portal: "src/main.tsx" },
    entryNames: "[name]-[hash]",
    outdir: path.join(site, "assets"),
  });
  const scripts = Object.keys(page.metafile.outputs).map((name) => path.basename(name));
  const html = fs
    .readFileSync(path.join(HERE, "src/index.html"), "utf8")
    .replace("portal.js", one(scripts, ".js"))
    .replace("portal.css", one(scripts, ".css"));
  fs.writeFileSync(path.join(site, "index.html"), html);
  fs.copyFileSync(path.join(HERE, "src/favicon.svg"), path.join(site, "favicon.svg"));

  // The scripts of the viewer find each other and their WebAssembly by relative paths: this layout is Neuroglancer's.
  const viewer = path.join(site, "viewer");
  const neuroglancer = {
    ...common,
    conditions: [
      "neuroglancer/datasource:none_by_default",
      ...DATA_SOURCES.map((name) => `neuroglancer/datasource/${name}:enabled`),
    ],
    define: { NEUROGLANCER_SHOW_OBJECT_SELECTION_TOOLTIP: "true" },
    loader: { ".svg": "text" },
  };
  const parts = [
    await esbuild.build({
      ...neuroglancer,
      entryPoints: { main: "src/viewer/viewer.ts" },
      outdir: path.join(viewer, "app"),
    }),
    await esbuild.build({
      ...neuroglancer,
      entryPoints: [path.join(NEUROGLANCER, "chunk_worker.bundle.js")],
      outdir: path.join(viewer, "app"),
    }),
    await esbuild.build({
      ...neuroglancer,
      splitting: true,
      chunkNames: "async/[name]-[hash]",
      entryPoints: [path.join(NEUROGLANCER, "async_computation.bundle.js")],
      outdir: viewer,
    }),
  ];
  for (const script of Object.keys(sizes(viewer)).filter((name) => name.endsWith(".js"))) {
    const text = fs.readFileSync(path.join(viewer, script), "utf8");
    for (const wasm of WASM.filter((file) => text.includes(path.basename(file)))) {
      const beside = path.join(viewer, path.dirname(script), path.basename(wasm));
      fs.copyFileSync(path.join(NEUROGLANCER, wasm), beside);
    }
  }
  for (const name of ["index.html", "viewer.css"]) {
    fs.copyFileSync(path.join(HERE, "src/viewer", name), path.join(viewer, name));
  }
  fs.copyFileSync(path.join(HERE, "src/favicon.svg"), path.join(viewer, "favicon.svg"));

  const bundled = [page, ...parts].flatMap((result) => Object.keys(result.metafile.inputs));
  fs.writeFileSync(path.join(site, "THIRD-PARTY.txt"), thirdParty(bundled));
}

/** Beside each file that shrinks, the same file as gzip; the same bytes whenever and wherever it is built. */
function compress(site) {
  for (const name of Object.keys(sizes(site))) {
    if (COMPRESSIBLE.has(path.extname(name))) {
      const file = path.join(site, name);
      const packed = gzipSync(fs.readFileSync(file), { level: 9 });
      packed.fill(0, 4, 8); // No time …
      packed[9] = 255; // … and no operating system in the header.
      fs.writeFileSync(`${file}.gz`, packed);
    }
  }
}

/** The licences of every package that a bundle holds a file of, and of the native code inside their WebAssembly. */
function thirdParty(bundled) {
  const names = new Set();
  for (const input of bundled) {
    const found = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found !== null && !fs.lstatSync(path.join(MODULES, found[1])).isSymbolicLink()) {
      names.add(found[1]);
    }
  }
  const sections = [...names].sort().map((name) => {
    const folder = path.join(MODULES, name);
    const about = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
    const texts = fs.readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    if (texts.length === 0 || !about.license) {
      throw new BuildError(`the package ${name} is bundled but comes without its licence; add it to licences/`);
    }
    return section(`${name} ${about.version}`, about.license, texts.map((file) => path.join(folder, file)));
  });
  const native = JSON.parse(fs.readFileSync(path.join(HERE, "licences/native.json"), "utf8"));
  for (const part of native) {
    const files = part.texts.map((file) => path.join(HERE, "licences", file));
    sections.push(section(`${part.name} (${part.inside})`, part.licence, files));
  }
  return [
    "Third-party software in Neuropil's web pages\n",
    "The scripts, styles and WebAssembly of the start page and of the viewer contain the software listed here,",
    "each under its own licence. The pages themselves are Neuropil's, under the Apache License 2.0.\n",
    ...sections,
  ].join("\n");
}

function section(title, licence, files) {
  const texts = files.map((file) => fs.readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim());
  const rule = "=".repeat(80);
  return `\n${rule}\n${title}\nLicence: ${licence}\n${rule}\n\n${texts.join("\n\n")}\n`;
}

// ----------------------------------------------------------------------------------------------------------- test

async function test() {
  install();
  typeCheck();
  const esbuild = await import("esbuild");
  const folder = path.join(CACHE, "test");
  fs.rmSync(folder, { recursive: true, force: true });
  const entryPoints = fs
    .readdirSync(path.join(HERE, "test"))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `test/${name}`);
  await esbuild.build({
    absWorkingDir: HERE,
    bundle: true,
    entryPoints,
    format: "esm",
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    platform: "node",
    target: "node20",
  });
  const files = fs.readdirSync(folder).map((name) => path.join(folder, name));
  const run = spawnSync(process.execPath, ["--test", "--test-reporter=tap", ...files], { encoding: "utf8" });
  const count = (what) => Number(new RegExp(`^# ${what} (\\d+)$`, "m").exec(run.stdout)?.[1] ?? 0);
  if (run.status !== 0 || count("pass") === 0) {
    process.stdout.write(run.stdout + run.stderr);
    throw new BuildError(`${count("fail")} of ${count("tests")} tests of the pages' scripts failed`);
  }
  say(`${count("pass")} tests of the pages' scripts passed`);
}

function typeCheck() {
  const tsc = path.join(MODULES, "typescript", "bin", "tsc");
  for (const project of ["tsconfig.json", "test/tsconfig.json"]) {
    const run = spawnSync(process.execPath, [tsc, "--noEmit", "-p", project], { cwd: HERE, encoding: "utf8" });
    if (run.status !== 0) {
      process.stdout.write(run.stdout + run.stderr);
      throw new BuildError(`the types of ${project} do not check`);
    }
  }
}

// ------------------------------------------------------------------------------------------------------- packages

/** `npm ci`, unless what it would install is there already. */
function install() {
  const wanted = `${hashOf(packageFiles())} ${process.platform} ${process.arch}\n`;
  if (fs.existsSync(INSTALLED) && fs.readFileSync(INSTALLED, "utf8") === wanted) {
    return;
  }
  say("installing the packages of package-lock.json with npm ci …");
  const windows = process.platform === "win32";
  const run = spawnSync(windows ? "npm.cmd" : "npm", ["ci", "--loglevel=error"], {
    cwd: HERE,
    encoding: "utf8",
    shell: windows,
  });
  if (run.error || run.status !== 0) {
    process.stderr.write((run.stderr ?? "").split("\n").slice(0, 20).join("\n") + "\n");
    throw new BuildError("npm ci failed; it needs npm 10 or newer and a reachable npm registry (see above)");
  }
  fs.writeFileSync(INSTALLED, wanted);
}

function packageFiles() {
  return ["package.json", "package-lock.json", ".npmrc", ...filesUnder("vendor")];
}

// ---------------------------------------------------------------------------------------------------------- files

function hashOfInputs() {
  const isJava = (file) => /^src.(main|test)./.test(file);
  const sources = ["src", "licences"].flatMap((folder) => filesUnder(folder)).filter((file) => !isJava(file));
  return hashOf([...packageFiles(), ...sources, "tsconfig.json", "build.mjs"]);
}

function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of [...files].sort()) {
    const bytes = fs.readFileSync(path.join(HERE, file));
    hash.update(`${file.replaceAll(path.sep, "/")}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex").slice(0, 16);
}

/** Paths of the files under a folder of this project, relative to the project. */
function filesUnder(folder) {
  return Object.keys(sizes(path.join(HERE, folder))).map((name) => path.join(folder, name));
}

/** The files under a folder: relative path, with slashes, to size. */
function sizes(folder) {
  const found = {};
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      found[path.relative(folder, file).replaceAll(path.sep, "/")] = fs.statSync(file).size;
    }
  }
  return found;
}

function isCurrent(site, list, inputs) {
  if (!fs.existsSync(site) || !fs.existsSync(list)) {
    return false;
  }
  const said = JSON.parse(fs.readFileSync(list, "utf8"));
  const there = sizes(site);
  const names = Object.keys(said.files);
  return (
    said.inputs === inputs &&
    names.length === Object.keys(there).length &&
    names.every((name) => said.files[name] === there[name])
  );
}

function removeOld() {
  for (const name of fs.readdirSync(CACHE)) {
    if (name.startsWith("site-")) {
      fs.rmSync(path.join(CACHE, name), { recursive: true, force: true });
    }
  }
}

function one(names, extension) {
  const found = names.filter((name) => name.endsWith(extension));
  if (found.length !== 1) {
    throw new BuildError(`expected one ${extension} file of the start page, got ${found.length}`);
  }
  return found[0];
}

function summary(site) {
  const files = Object.entries(sizes(site));
  const megabytes = (packed) => {
    const kind = files.filter(([name]) => name.endsWith(".gz") === packed);
    return (kind.reduce((sum, [, size]) => sum + size, 0) / 1e6).toFixed(1);
  };
  return `${files.length} files, ${megabytes(false)} MB plain and ${megabytes(true)} MB compressed,`;
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

function say(message) {
  console.log(`portal: ${message}`);
}
